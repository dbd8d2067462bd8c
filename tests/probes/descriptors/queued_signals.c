// Tries: to queue blocked real-time signals to itself without end; each costs memory of the
// kernel.
// Must end: with 0, refused with EAGAIN before there are 100 000 of them.
#include <signal.h>
#include <unistd.h>

#include "tests/probes/say.h"

int main(void) {
  sigset_t all;
  (void)sigfillset(&all);
  (void)sigprocmask(SIG_BLOCK, &all, NULL);
  const union sigval value = {.sival_int = 1};
  (void)say("one signal", sigqueue(getpid(), SIGRTMIN, value));
  for (int i = 1; i < 100000; ++i) {
    if (sigqueue(getpid(), SIGRTMIN, value) >= 0) continue;
    printf("%s, few: %d\n", errno_name(errno), i <= 10000);
    return 0;
  }
  puts("never refused");
  return 0;
}
