// Tries: to live on interrupts: a timer of one microsecond, so that its handler is all that ever
// runs.
// Must end: cpu_limit; the handler has run.
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

static volatile sig_atomic_t count;
static void take(int number) {
  (void)number;
  if (count < 10) ++count;
  if (count == 9) (void)!write(1, "storm\n", 6);
}

int main(void) {
  struct sigaction action = {.sa_handler = take, .sa_flags = SA_RESTART};
  (void)sigaction(SIGALRM, &action, NULL);
  const struct itimerval often = {{0, 1}, {0, 1}};
  (void)setitimer(ITIMER_REAL, &often, NULL);
  for (;;) continue;
}
