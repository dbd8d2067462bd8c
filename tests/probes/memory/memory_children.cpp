// Tries: to spread the memory over 64 children, none of them large.
// Must end: memory_limit; the limit is one of the whole tree.
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>

int main() {
  constexpr std::size_t kEach = 8 << 20;
  for (int i = 0; i < 64; ++i) {
    if (fork() == 0) {
      auto* mine = static_cast<volatile char*>(std::malloc(kEach));
      if (mine == nullptr) _exit(3);
      for (std::size_t at = 0; at < kEach; at += 4096) mine[at] = 1;
      sleep(5);
      _exit(0);
    }
  }
  int status = 0;
  while (wait(&status) > 0) {
    if (status != 0) return 1;
  }
  return 0;
}
