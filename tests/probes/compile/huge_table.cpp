// Tries: to have the compiler keep a table of a billion different numbers.
// Must end: at a limit, or refused; no file comes out.
struct Table {
  unsigned values[1 << 28];
  constexpr Table() : values{} {
    for (unsigned i = 0; i < (1U << 28); ++i) values[i] = i * 2654435761U;
  }
};
constexpr Table kTable;
int main() { return static_cast<int>(kTable.values[5]); }
