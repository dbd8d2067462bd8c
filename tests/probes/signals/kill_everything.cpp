// Tries: to kill all that it may: its group, every process it can see, pid 1.
// Must end: killed by itself, or with 0; init and the judge live, and the report arrives.
#include <unistd.h>

#include <csignal>

int main() {
  kill(1, SIGKILL);
  kill(1, SIGTERM);
  kill(getppid(), SIGKILL);
  kill(-1, SIGKILL);  // all but itself
  kill(0, SIGKILL);
  return 0;
}
