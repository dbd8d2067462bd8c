// Tries: to climb out of its root: by "..", through links of its own, through /proc, through a
// folder held open, with and without openat2's help.
// Must end: with 0; the root above the root is the same one, and host folders are not found.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/probes/say.h"
#include "tests/probes/scratch.h"

static int same(const char* path) {
  struct stat root;
  struct stat other;
  if (stat("/", &root) < 0 || stat(path, &other) < 0) return -1;
  return root.st_ino == other.st_ino && root.st_dev == other.st_dev;
}

int main(void) {
  printf("dots: %d\n", same("/../../../../../.."));
  printf("own root: %d\n", same("/proc/self/root"));
  const int folder = open(".", O_PATH | O_DIRECTORY);  // the program's own
  enter_scratch();
  printf("from scratch: %d\n", same("../../../../../.."));
  (void)symlink("/../../..", "up");
  printf("link: %d\n", same("up"));
  (void)say("shadow by dots", openat(folder, "../../../../../../etc/shadow", O_RDONLY));
  (void)say("shadow by link", open("up/etc/shadow", O_RDONLY));
  (void)say("init's root", open("/proc/1/root/etc/shadow", O_RDONLY));
  (void)say("init's folder", open("/proc/1/cwd/etc/shadow", O_RDONLY));
  (void)say("program by link", open("up/usr/bin/env", O_RDONLY));
  return 0;
}
