// Tries: to be served before others: a better priority, real-time scheduling, its own processors,
// the disk first; and the same for others.
// Must end: with 0; each refused, a worse priority works.
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/probes/say.h"

int main(void) {
  (void)say("better priority", setpriority(PRIO_PROCESS, 0, -20));
  (void)say("better for its group", setpriority(PRIO_PGRP, 0, -20));
  (void)say("worse for init", setpriority(PRIO_PROCESS, (id_t)getppid(), 19));
  const struct sched_param first = {.sched_priority = 1};
  (void)say("fifo", sched_setscheduler(0, SCHED_FIFO, &first));
  (void)say("round robin", sched_setscheduler(0, SCHED_RR, &first));
  (void)say("parameters", sched_setparam(0, &first));
  (void)say("attributes", syscall(SYS_sched_setattr, 0, NULL, 0));
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(0, &one);
  (void)say("affinity", sched_setaffinity(0, sizeof one, &one));
  (void)say("affinity of init", sched_setaffinity(getppid(), sizeof one, &one));
  (void)say("disk", syscall(SYS_ioprio_set, 1, 0, 1 << 13));
  (void)say("ask affinity", sched_getaffinity(0, sizeof one, &one));
  (void)say("worse priority", setpriority(PRIO_PROCESS, 0, 19));
  return 0;
}
