// Tries: to use memory as files of the scratch space that are mapped and written through the
// mapping. Must end: memory_limit, or SIGBUS at the end of the scratch space.
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/probes/scratch.h"

int main(void) {
  const size_t size = (size_t)12 << 20;  // a file may have 16
  enter_scratch();
  for (char name[] = "a"; name[0] <= 'z'; ++name[0]) {
    const int fd = open(name, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0 || ftruncate(fd, (off_t)size) < 0) return 3;
    volatile char* all = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (all == MAP_FAILED) return 3;
    for (size_t i = 0; i < size; i += 4096) all[i] = 1;
    puts("twelve");
    fflush(stdout);
  }
  return 0;
}
