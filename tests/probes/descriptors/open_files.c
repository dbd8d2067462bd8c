// Tries: to open more files than it may.
// Must end: with 0, refused at the limit; after closing one, one more works.
#include <fcntl.h>
#include <unistd.h>

#include "tests/probes/say.h"

int main(void) {
  int last = -1;
  int count = 0;
  for (int fd; (fd = open("/dev/null", O_RDONLY)) >= 0; ++count) last = fd;
  printf("%s after %d\n", errno_name(errno), count + 3);
  (void)close(last);
  (void)say("one more", open("/dev/null", O_RDONLY));
  (void)say("a high number", dup2(0, 1 << 16));
  return 0;
}
