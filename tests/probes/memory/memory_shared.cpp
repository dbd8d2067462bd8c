// Tries: to use memory that is no process's data: one shared mapping.
// Must end: memory_limit.
#include <sys/mman.h>

#include <cstddef>

int main() {
  constexpr std::size_t kSize = std::size_t{1} << 30;
  void* shared = mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) return 3;
  for (std::size_t i = 0; i < kSize; i += 4096) static_cast<volatile char*>(shared)[i] = 1;
  return 0;
}
