// Tries: to have memory that no process shows: children write to one shared mapping each and end,
// the mapping lives on in the parent, unread.
// Must end: memory_limit.
#include <stddef.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  const size_t each = (size_t)8 << 20;
  for (int i = 0; i < 64; ++i) {
    volatile char* shared =
        mmap(NULL, each, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) return 3;
    if (fork() == 0) {
      for (size_t at = 0; at < each; at += 4096) shared[at] = 1;
      _exit(0);
    }
    (void)wait(NULL);
  }
  return 0;
}
