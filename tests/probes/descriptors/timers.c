// Tries: timers without end. They are no files; each costs memory of the kernel.
// Must end: with 0, refused before there are 100 000 of them.
#include <signal.h>
#include <time.h>

#include "tests/probes/say.h"

int main(void) {
  struct sigevent nothing = {.sigev_notify = SIGEV_NONE};
  timer_t timer;
  (void)say("one timer", timer_create(CLOCK_MONOTONIC, &nothing, &timer));
  for (int i = 1; i < 100000; ++i) {
    if (timer_create(CLOCK_MONOTONIC, &nothing, &timer) >= 0) continue;
    printf("refused, few: %d\n", i <= 10000);
    return 0;
  }
  puts("never refused");
  return 0;
}
