// Tries: a file of a tebibyte that costs nothing, and one byte far out.
// Must end: with 0, both refused with EFBIG; a file within the limit works.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "tests/probes/say.h"
#include "tests/probes/scratch.h"

int main(void) {
  (void)signal(SIGXFSZ, SIG_IGN);
  enter_scratch();
  const int fd = open("file", O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  (void)say("1 MiB", ftruncate(fd, 1 << 20));
  (void)say("1 TiB", ftruncate(fd, 1L << 40));
  (void)say("far out", pwrite(fd, "x", 1, 1L << 40));
  (void)say("allocate", fallocate(fd, 0, 0, 1L << 40));
  return 0;
}
