// Tries: to never end by stopping: itself, a child, and again whenever somebody continues it.
// Must end: wall_limit; the line before is kept.
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  puts("before");
  fflush(stdout);
  for (;;) {
    if (fork() == 0) {
      (void)raise(SIGSTOP);
      _exit(0);
    }
    (void)raise(SIGSTOP);
  }
}
