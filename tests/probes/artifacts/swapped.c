// Tries: to swap the collected file for a link while it is looked at, from a process that goes on
// after the first one has ended, without pause.
// Must end: with 0; the file comes out, or nothing, and never what the link points to.
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "tests/probes/scratch.h"

int main(void) {
  enter_scratch();
  const int file = open("file", O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  (void)!write(file, "fine", 4);
  (void)symlink("/etc/passwd", "link");
  if (fork() == 0) {
    for (;;) {
      (void)rename("file", "result");
      (void)rename("result", "file");
      (void)rename("link", "result");
      (void)rename("result", "link");
    }
  }
  (void)usleep(20000);
  return 0;
}
