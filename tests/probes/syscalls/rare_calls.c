// Tries: calls that hardly any program makes and many a hole was found in.
// Must end: with 0; each is refused or does not exist, a plain call works.
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/probes/say.h"

#define TRY(name, ...) (void)say(#name, syscall(SYS_##name, __VA_ARGS__))

int main(void) {
  char space[512] = {0};
  TRY(add_key, "user", "x", "y", 1, -3);
  TRY(request_key, "user", "x", NULL, -3);
  TRY(keyctl, 0, -3, 1);
  TRY(userfaultfd, 1);
  TRY(perf_event_open, space, 0, -1, -1, 0);
  TRY(fanotify_init, 0, 0);
  TRY(name_to_handle_at, -100, "/", space, space + 256, 0);
  TRY(kcmp, getpid(), 1, 0, 0, 0);
  TRY(process_vm_readv, 1, NULL, 0, NULL, 0, 0);
  TRY(pidfd_getfd, 0, 0, 0);
  TRY(ptrace, 16, 1, 0, 0);
  TRY(io_uring_setup, 1, space);
  TRY(io_setup, 1, space);
  TRY(vmsplice, 1, NULL, 0, 0);
  TRY(move_pages, 0, 0, NULL, NULL, NULL, 0);
  TRY(migrate_pages, 0, 1, space, space);
  TRY(mbind, space, 4096, 0, NULL, 0, 0);
  TRY(set_mempolicy, 0, NULL, 0);
  TRY(set_mempolicy_home_node, space, 4096, 0, 0);
  TRY(syslog, 3, space, sizeof space);
  TRY(vhangup, 0);
  TRY(seccomp, 0, 0, NULL);
  TRY(lookup_dcookie, 0L, space, sizeof space);
  TRY(memfd_secret, 0);
  TRY(sethostname, "x", 1);
  TRY(setdomainname, "x", 1);
  TRY(personality, 0x0040000);
  TRY(getpid, 0);
  return 0;
}
