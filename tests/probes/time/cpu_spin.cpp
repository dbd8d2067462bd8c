// Tries: to compute for ever.
// Must end: cpu_limit, close to the limit.
int main() {
  for (volatile unsigned long i = 0;;) {
    const unsigned long next = i + 1;
    i = next;
  }
}
