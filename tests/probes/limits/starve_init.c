// Tries: to end the run as if the sandbox had failed: it takes from init, its parent, the time, the
// descriptors and the stack that it needs to report. Must end: with 6, as if nothing had been
// tried, with the file that it leaves behind.
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/probes/say.h"
#include "tests/probes/scratch.h"

int main(void) {
  enter_scratch();
  const int file = open("result", O_CREAT | O_WRONLY, 0600);
  (void)!write(file, "kept", 4);
  const struct rlimit none = {0, 0};
  (void)prlimit(getppid(), RLIMIT_NOFILE, &none, NULL);
  (void)prlimit(getppid(), RLIMIT_STACK, &none, NULL);
  (void)prlimit(getppid(), RLIMIT_AS, &none, NULL);
  (void)prlimit(getppid(), RLIMIT_CPU, &none, NULL);
  return 6;
}
