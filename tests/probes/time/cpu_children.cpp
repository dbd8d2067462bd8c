// Tries: to hide processor time in short-lived children that nobody waits for.
// Must end: cpu_limit, by the sum.
#include <time.h>
#include <unistd.h>

#include <csignal>

int main() {
  std::signal(SIGCHLD, SIG_IGN);
  for (;;) {
    if (fork() == 0) {
      timespec used{};
      do {
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
      } while (used.tv_nsec < 40'000'000);
      _exit(0);
    }
    usleep(20'000);
  }
}
