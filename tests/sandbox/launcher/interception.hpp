// Interception: runs work under a seccomp filter that reports system calls to us, and lets chosen
// ones fail. It holds for one thread and everything that this thread starts, so it reaches
// launcher, slot, init and payload without a hook in any of them. seccomp_unotify(2). The sandbox's
// own listener is refused beneath ours (EBUSY, one in a chain of filters): work that runs programs
// needs a Host without one.
#pragma once

#include <linux/filter.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox::test {

// Who makes a call, by its place in the tree of processes below the thread.
enum class Role { caller, launcher, slot, init, payload, program };
constexpr int kRoles = 6;
[[nodiscard]] std::string_view name_of(Role role);

struct Observed {
  Role role;
  int call;
  unsigned count;
};
// Which calls are made during `work`.
[[nodiscard]] std::vector<Observed> observe_calls(const std::function<void()>& work);

struct Fault {
  Role role;
  int call;
  unsigned nth;  // counted from 1 for this role; 0: every time
  int code;      // errno
};
struct Outcome {
  unsigned failed = 0;  // how many calls were made to fail
  bool hung = false;    // work took too long and everything below it was killed
};
// `fired` says, inside of `work`, whether a call has been made to fail already.
[[nodiscard]] Outcome inject(const Fault& fault,
                             const std::function<void(const std::function<bool()>& fired)>& work);

// Without any listener: runs `work` under a plain filter, on a thread of its own.
void run_under(const std::vector<sock_filter>& filter, const std::function<void()>& work);

}  // namespace sandbox::test
