// Tries: to change or to grow the collected file while it is read, from a process that outlives the
// first one.
// Must end: with 0; the content is one that was there, within the limit, or nothing.
#include <fcntl.h>
#include <unistd.h>

#include "tests/probes/scratch.h"

int main(void) {
  enter_scratch();
  const int file = open("result", O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  (void)!write(file, "aaaa", 4);
  if (fork() == 0) {
    for (;;) {
      (void)ftruncate(file, 1 << 20);
      (void)ftruncate(file, 4);
    }
  }
  (void)usleep(20000);
  return 0;
}
