// Tries: to keep bytes where no file shows them: extended attributes, large and many.
// Must end: by itself, refused at a cap, or at the memory limit; one attribute may work.
#include <fcntl.h>
#include <stdlib.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "tests/probes/say.h"
#include "tests/probes/scratch.h"

int main(void) {
  enter_scratch();
  static char value[65536];
  int last = 0;
  long kept = 0;
  puts("starts");
  fflush(stdout);
  for (int file = 0; file < 100000; ++file) {
    char path[64];
    snprintf(path, sizeof path, "file-%d", file);
    const int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) break;
    char name[64];
    int i = 0;
    for (; i < 1000; ++i) {
      snprintf(name, sizeof name, "user.attribute-%d", i);
      if (fsetxattr(fd, name, value, sizeof value, 0) < 0) break;
      kept += (long)sizeof value;
    }
    last = errno;
    (void)close(fd);
    if (i == 0) break;
  }
  printf("%s, at most 64 MiB: %d\n", errno_name(last), kept <= 64 << 20);
  return 0;
}
