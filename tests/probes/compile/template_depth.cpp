// Tries: an instantiation that needs itself, ever deeper.
// Must end: refused by the compiler at its own depth, or at a limit.
template <unsigned long kDepth>
struct Deeper {
  static constexpr unsigned long kValue = Deeper<kDepth + 1>::kValue + 1;
};
int main() { return static_cast<int>(Deeper<0>::kValue); }
