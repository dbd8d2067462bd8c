// Tries: to spend the kernel's memory on mappings: single pages with changing rights, so that none
// can be joined with its neighbour.
// Must end: by itself, refused with ENOMEM at the kernel's own cap, or at the memory limit.
#include <sys/mman.h>

#include "tests/probes/say.h"

int main(void) {
  puts("starts");
  fflush(stdout);
  for (int i = 0; i < 1000000; ++i) {
    void* page =
        mmap(NULL, 4096, i % 2 == 0 ? PROT_READ : PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page != MAP_FAILED) continue;
    puts(errno_name(errno));
    return 0;
  }
  puts("never refused");
  return 0;
}
