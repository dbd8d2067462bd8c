// Tries: to leave its memory behind as a core file, or to have the host's helper take it.
// Must end: by SIGABRT with no file left; the limit says so to a helper, too.
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/probes/say.h"
#include "tests/probes/scratch.h"

int main(void) {
  const struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
  (void)say("raise core", setrlimit(RLIMIT_CORE, &all));
  struct rlimit now;
  (void)getrlimit(RLIMIT_CORE, &now);
  printf("core %d\n", (int)now.rlim_max);
  fflush(stdout);
  enter_scratch();
  abort();
}
