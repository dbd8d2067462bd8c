#include "sandbox/launcher/kill_all.hpp"

#include <linux/capability.h>
#include <sys/types.h>

#include <cerrno>
#include <csignal>

#include "sandbox/launcher/system_call.hpp"
#include "sandbox/wire/order.hpp"

namespace sandbox::launcher {
namespace {

// An id alone is no bound: CAP_KILL reaches everybody, and securebits may keep it over a change of
// ids.
bool is_nobody_but(std::uint32_t user) {
  uid_t real = 0, effective = 0, saved = 0;
  if (user < wire::kFirstHighId || call(SYS_getresuid, &real, &effective, &saved) != 0)
    return false;
  if (real != user || effective != user || saved != user) return false;
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct sets[2] = {{~0U, ~0U, ~0U}, {~0U, ~0U, ~0U}};
  if (call(SYS_capget, &header, sets) != 0) return false;
  return (sets[0].effective | sets[0].permitted | sets[1].effective | sets[1].permitted) == 0;
}

// Both stand outside of every scope and have another id. A parent of 0 is one that cannot be seen
// from here, and asked: kill(0) would mean the own group.
bool is_refused_parent_and_first() {
  const long parent = call(SYS_getppid);
  if (parent <= 0 || call(SYS_kill, parent, 0) != -EPERM) return false;
  const long first = call(SYS_kill, 1, 0);
  return first == -EPERM || first == -ESRCH;
}

}  // namespace

bool kill_all(const Bound& bound) {
  const long self = call(SYS_getpid);
  bool holds = false;
  switch (bound.kind) {
    case Bound::Kind::pid_namespace:
      holds = self == 1;
      break;
    case Bound::Kind::signal_scope:
      holds = self == bound.of && is_refused_parent_and_first();
      break;
    case Bound::Kind::user:
      holds = is_nobody_but(bound.of) && is_refused_parent_and_first();
      break;
  }
  return holds && call(SYS_kill, -1, SIGKILL) == 0;
}

}  // namespace sandbox::launcher
