// Tries: to hide processor time in grandchildren whose parent is already dead, so that nobody of
// its own ever waits for them.
// Must end: cpu_limit, by the sum.
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void burn(long nanoseconds) {
  struct timespec used;
  do {
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  } while (used.tv_nsec < nanoseconds);
}

int main(void) {
  for (;;) {
    const pid_t child = fork();
    if (child == 0) {
      if (fork() == 0) burn(30000000);
      _exit(0);
    }
    (void)waitpid(child, NULL, 0);
    (void)usleep(20000);
  }
}
