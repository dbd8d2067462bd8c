// Tries: to get hold of its standard output as a file: open it again by name, for reading too, cut
// it, move in it, make it a sparse giant.
// Must end: with 0; what is read is only what itself wrote, the rest is refused, and writing
// through the reopened one works.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/probes/say.h"

int main(void) {
  (void)say("seek", lseek(1, 1L << 40, SEEK_SET));
  (void)say("cut", ftruncate(1, 1L << 40));
  (void)say("pwrite", pwrite(1, "x", 1, 1L << 40));
  const long again = say("/proc/self/fd/1", open("/proc/self/fd/1", O_WRONLY | O_TRUNC));
  (void)!write((int)again, "through it\n", 11);
  (void)say("/dev/stdout", open("/dev/stdout", O_WRONLY | O_APPEND | O_CREAT, 0644));
  (void)say("chmod", fchmod(1, 0777));
  (void)say("link", linkat(AT_FDCWD, "/proc/self/fd/1", AT_FDCWD, "/tmp/kept", AT_SYMLINK_FOLLOW));
  return 0;
}
