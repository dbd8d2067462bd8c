// Tries: to set the clocks that everybody shares.
// Must end: with 0; each setting refused, reading works.
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>

#include "tests/probes/say.h"

int main(void) {
  struct timespec now = {0, 0};
  (void)say("read clock", clock_gettime(CLOCK_REALTIME, &now));
  (void)say("clock_settime", clock_settime(CLOCK_REALTIME, &now));
  const struct timeval day = {now.tv_sec, 0};
  (void)say("settimeofday", settimeofday(&day, NULL));
  struct timex change = {.modes = ADJ_OFFSET};
  (void)say("adjtimex", adjtimex(&change));
  (void)say("clock_adjtime", clock_adjtime(CLOCK_REALTIME, &change));
  return 0;
}
