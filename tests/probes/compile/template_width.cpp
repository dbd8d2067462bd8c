// Tries: instantiations that double with each step: two to the sixtieth of them.
// Must end: at a limit.
template <int kDepth, unsigned long kPath>
struct Tree {
  static constexpr unsigned long kValue =
      Tree<kDepth - 1, kPath * 2>::kValue + Tree<kDepth - 1, kPath * 2 + 1>::kValue;
};
template <unsigned long kPath>
struct Tree<0, kPath> {
  static constexpr unsigned long kValue = kPath;
};
int main() { return static_cast<int>(Tree<60, 1>::kValue); }
