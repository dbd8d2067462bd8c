// Tries: to be uninterruptible: a parent that waits for a vforked child which never executes.
// Must end: wall_limit; a vfork that ends works before.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  const pid_t brief = vfork();
  if (brief == 0) _exit(0);
  printf("vfork %d\n", waitpid(brief, NULL, 0) == brief);
  fflush(stdout);
  if (vfork() == 0) {
    for (;;) pause();
  }
  return 0;
}
