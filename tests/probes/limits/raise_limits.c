// Tries: to raise the hard limit of everything, of itself and of pid 1, and to lower those of pid
// 1, so that it would fail.
// Must end: with 0; each refused, lowering its own works.
#include <sys/resource.h>
#include <unistd.h>

#include "tests/probes/say.h"

int main(void) {
  int raised = 0;
  int touched = 0;
  for (int i = 0; i < RLIM_NLIMITS; ++i) {
    struct rlimit now;
    if (getrlimit((__rlimit_resource_t)i, &now) < 0) return 3;
    if (now.rlim_max == RLIM_INFINITY) continue;
    const struct rlimit more = {now.rlim_max + 1, now.rlim_max + 1};
    const struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
    if (setrlimit((__rlimit_resource_t)i, &more) >= 0 ||
        prlimit(0, (__rlimit_resource_t)i, &all, NULL) >= 0) {
      ++raised;
    }
  }
  for (int i = 0; i < RLIM_NLIMITS; ++i) {
    struct rlimit init;
    if (prlimit(1, (__rlimit_resource_t)i, NULL, &init) >= 0) ++touched;
    if (prlimit(1, (__rlimit_resource_t)i, &init, NULL) >= 0) ++touched;
  }
  printf("raised %d, of init %d\n", raised, touched);
  const struct rlimit fewer = {8, 8};
  (void)say("lower", setrlimit(RLIMIT_NOFILE, &fewer));
  return 0;
}
