// Tries: to flood standard output without writing to it: pages of a file sent into the pipe.
// Must end: output_limit.
#include <fcntl.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "tests/probes/scratch.h"

int main(void) {
  static char block[1 << 20];
  enter_scratch();
  const int file = open("file", O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (write(file, block, sizeof block) != (ssize_t)sizeof block) return 3;
  for (;;) {
    off_t from = 0;
    if (sendfile(1, file, &from, sizeof block) < 0) return 4;
    loff_t again = 0;
    if (splice(file, &again, 1, NULL, sizeof block, 0) < 0) return 5;
  }
}
