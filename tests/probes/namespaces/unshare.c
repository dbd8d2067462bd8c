// Tries: namespaces of its own, by each flag, where it would be root: unshare, clone, clone3.
// Must end: with 0; each refused, a plain clone works.
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/probes/say.h"

int main(void) {
  static const struct {
    const char* name;
    unsigned long flag;
  } kKinds[] = {{"user", CLONE_NEWUSER}, {"mount", CLONE_NEWNS}, {"pid", CLONE_NEWPID},
                {"net", CLONE_NEWNET},   {"ipc", CLONE_NEWIPC},  {"uts", CLONE_NEWUTS},
                {"cgroup", 0x02000000},  {"time", 0x80}};
  for (unsigned i = 0; i < sizeof kKinds / sizeof *kKinds; ++i) {
    printf("%s ", kKinds[i].name);
    (void)say("unshare", unshare((int)kKinds[i].flag));
    struct clone_args arguments = {.flags = kKinds[i].flag, .exit_signal = SIGCHLD};
    const long third = syscall(SYS_clone3, &arguments, sizeof arguments);
    if (third == 0) _exit(0);
    printf("%s ", kKinds[i].name);
    (void)say("clone3", third);
    if (kKinds[i].flag == 0x80) continue;  // for clone these are bits of the exit signal
    const long pid = syscall(SYS_clone, kKinds[i].flag | SIGCHLD, 0, 0, 0, 0);
    if (pid == 0) _exit(0);
    printf("%s ", kKinds[i].name);
    (void)say("clone", pid);
  }
  const long pid = syscall(SYS_clone, (unsigned long)SIGCHLD, 0, 0, 0, 0);
  if (pid == 0) _exit(0);
  (void)say("plain clone", pid);
  return 0;
}
