// Tries: to sleep for ever, with every signal blocked, without using the processor.
// Must end: wall_limit; a short sleep before works, and takes its time.
#include <signal.h>
#include <stdio.h>
#include <time.h>

int main(void) {
  sigset_t all;
  (void)sigfillset(&all);
  (void)sigprocmask(SIG_BLOCK, &all, NULL);
  const struct timespec brief = {0, 20000000};
  printf("slept %d\n", nanosleep(&brief, NULL));
  fflush(stdout);
  const struct timespec very_long = {1000000000, 0};
  for (;;) (void)clock_nanosleep(CLOCK_MONOTONIC, 0, &very_long, NULL);
}
