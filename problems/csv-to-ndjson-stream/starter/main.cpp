// Reads CSV from standard input, writes newline-delimited JSON to standard output.
#include <array>
#include <cstdio>
#include <string_view>

int main(int argc, char** argv) {
  const bool strict = argc > 1 && std::string_view(argv[1]) == "--strict";
  (void)strict;

  std::array<char, 65536> chunk;
  while (const std::size_t size = std::fread(chunk.data(), 1, chunk.size(), stdin)) {
    const std::string_view bytes(chunk.data(), size);
    (void)bytes;  // Can end anywhere, inside a character too.
  }
  return 0;
}
