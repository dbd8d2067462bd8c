// Tries: to change its root and to slip out of it by a folder held open.
// Must end: with 0; chroot is refused, its working folder may change, the view does not.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/probes/say.h"
#include "tests/probes/scratch.h"

int main(void) {
  const int held = open("/usr", O_RDONLY | O_DIRECTORY);
  enter_scratch();
  const int own = open(".", O_RDONLY | O_DIRECTORY);
  (void)mkdir("jail", 0700);
  (void)say("chroot", chroot("jail"));
  (void)say("chroot here", chroot("."));
  (void)say("back to what was held", fchdir(held));
  for (int i = 0; i < 50; ++i) (void)!chdir("..");
  (void)say("shadow", open("etc/shadow", O_RDONLY));
  (void)say("program", open("usr/bin/env", O_RDONLY));
  (void)say("own folder", fchdir(own));
  return 0;
}
