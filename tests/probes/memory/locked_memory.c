// Tries: to lock memory, so that nobody else may have it.
// Must end: with 0, refused beyond the small limit that runtimes may use; below it works.
#include <sys/mman.h>

#include "tests/probes/say.h"

int main(void) {
  const size_t large = (size_t)1 << 20;
  void* memory = mmap(NULL, large, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  (void)say("mlock 4 KiB", mlock(memory, 4096));
  (void)say("mlock 1 MiB", mlock(memory, large));
  (void)say("mlockall", mlockall(MCL_CURRENT | MCL_FUTURE));
  (void)say("MAP_LOCKED", mmap(NULL, large, PROT_READ | PROT_WRITE,
                               MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0) == MAP_FAILED
                              ? -1
                              : 0);
  return 0;
}
