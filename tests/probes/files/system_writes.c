// Tries: to change the system through its files: kernel settings, control groups, id maps, its own
// preference when memory is short.
// Must end: with 0; nothing is there or nothing may be written, but its own name may.
#include <fcntl.h>
#include <unistd.h>

#include "tests/probes/say.h"

static void try_write(const char* path, const char* value) {
  const int fd = open(path, O_WRONLY | O_CLOEXEC);
  long result = fd;
  if (fd >= 0) result = write(fd, value, strlen(value));
  (void)say(path, result);
  if (fd >= 0) (void)close(fd);
}

int main(void) {
  try_write("/proc/sys/kernel/core_pattern", "|/tmp/helper");
  try_write("/proc/sys/kernel/modprobe", "/tmp/helper");
  try_write("/proc/sys/vm/drop_caches", "3");
  try_write("/proc/sysrq-trigger", "b");
  try_write("/proc/self/uid_map", "0 0 1");
  try_write("/proc/self/gid_map", "0 0 1");
  try_write("/proc/self/setgroups", "allow");
  try_write("/proc/self/oom_score_adj", "-1000");
  try_write("/proc/self/oom_adj", "-17");
  try_write("/proc/1/oom_score_adj", "1000");
  try_write("/proc/self/mem", "x");
  try_write("/proc/self/timerslack_ns", "1");
  try_write("/sys/kernel/uevent_helper", "/tmp/helper");
  try_write("/sys/kernel/mm/transparent_hugepage/enabled", "always");
  try_write("/proc/self/comm", "other");
  return 0;
}
