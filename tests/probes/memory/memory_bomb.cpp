// Tries: to use more memory than there is, in one process, page by page.
// Must end: memory_limit.
#include <cstddef>
#include <cstdlib>

int main() {
  constexpr std::size_t kChunk = 1 << 20;
  for (int i = 0; i < 4096; ++i) {
    auto* chunk = static_cast<volatile char*>(std::malloc(kChunk));
    if (chunk == nullptr) return 3;
    for (std::size_t at = 0; at < kChunk; at += 4096) chunk[at] = 1;
  }
  return 0;
}
