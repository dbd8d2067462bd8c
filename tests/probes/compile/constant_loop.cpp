// Tries: to compute for ever at compile time.
// Must end: refused by the compiler at its own count, or at a limit.
constexpr unsigned long spin() {
  unsigned long sum = 0;
  for (unsigned long i = 0; i < ~0UL; ++i) sum += i;
  return sum;
}
int main() {
  constexpr unsigned long kSum = spin();
  return static_cast<int>(kSum);
}
