// Tries: to become somebody else or to get a capability, by every call for that.
// Must end: with 0, the same user with no capability; taking its own id works.
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/probes/say.h"

int main(void) {
  (void)setfsuid(0);
  printf("fsuid %d\n", setfsuid((uid_t)-1));
  int refused = 0;
  refused += setuid(0) < 0;
  refused += setgid(0) < 0;
  refused += setreuid(0, 0) < 0;
  refused += setresuid(0, 0, 0) < 0;
  refused += setresgid(0, 0, 0) < 0;
  refused += setuid(65534) < 0;
  printf("ids refused %d\n", refused);
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  const struct __user_cap_data_struct all[2] = {{~0U, ~0U, ~0U}, {~0U, ~0U, ~0U}};
  (void)say("capset", syscall(SYS_capset, &header, all));
  (void)say("ambient", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_SYS_ADMIN, 0, 0));
  (void)say("securebits", prctl(PR_SET_SECUREBITS, 0, 0, 0, 0));
  (void)say("new privileges", prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0));
  (void)say("own id", setuid(getuid()));
  printf("uid %d, euid %d\n", getuid(), geteuid());
  return 0;
}
