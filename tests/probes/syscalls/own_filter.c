// Tries: to put a system call filter of its own in front of the sandbox's, so that a forbidden call
// is answered before the sandbox sees it, or everything fails in those it executes.
// Must end: with 0. A filter of its own may only make more calls fail, which is its own loss.
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/probes/say.h"

int main(void) {
  struct sock_filter allow_all[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  struct sock_fprog program = {1, allow_all};
  (void)say("seccomp call", syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program));
  (void)say("listener", syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                                SECCOMP_FILTER_FLAG_NEW_LISTENER, &program));
  (void)prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
  // Whatever became of it: what was refused before still is.
  (void)say("socket", socket(AF_INET, SOCK_STREAM, 0));
  (void)say("unshare", syscall(SYS_unshare, 0x10000000));
  (void)say("getpid", syscall(SYS_getpid));
  return 0;
}
