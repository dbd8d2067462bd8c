// Tries: to change its root and to slip out of it by a folder held open.
// Must end: with 0; chroot is refused, its working folder may change, the view does not.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/probes/say.h"

int main(void) {
  const int held = open("/", O_RDONLY | O_DIRECTORY);
  (void)mkdir("/tmp/jail", 0700);
  (void)say("chroot", chroot("/tmp/jail"));
  (void)say("chroot here", chroot("."));
  (void)say("back to what was held", fchdir(held));
  for (int i = 0; i < 50; ++i) (void)!chdir("..");
  (void)say("shadow", open("etc/shadow", O_RDONLY));
  (void)say("passwd", open("etc/passwd", O_RDONLY));
  (void)say("own folder", chdir("/tmp/jail"));
  return 0;
}
