// Tries: to read an environment that is not its own: the caller's, init's, what lies beyond its
// own.
// Must end: with 0, having printed what it was given and nothing else.
#include <fcntl.h>
#include <unistd.h>

#include "tests/probes/say.h"

extern char** environ;

int main(void) {
  for (char** entry = environ; *entry != NULL; ++entry) puts(*entry);
  (void)say("environ of init", open("/proc/1/environ", O_RDONLY));
  (void)say("command of init", open("/proc/1/cmdline", O_RDONLY));
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/environ", getppid());
  (void)say("environ of parent", open(path, O_RDONLY));
  (void)say("own environ", open("/proc/self/environ", O_RDONLY));
  return 0;
}
