// Use: what the processes that have been waited for used, with those that they had waited for.
#pragma once

#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>

#include "sandbox/launcher/system_call.hpp"

namespace sandbox::launcher {

class Use {
 public:
  // As wait4(2); -ECHILD when nobody is left.
  long reap(int options, int* status, pid_t whom = -1) {
    rusage one{};
    const long pid = call(SYS_wait4, whom, status, __WALL | options, &one);
    if (pid <= 0) return pid;
    add(total_.ru_utime, one.ru_utime);
    add(total_.ru_stime, one.ru_stime);
    total_.ru_maxrss = std::max(total_.ru_maxrss, one.ru_maxrss);
    return pid;
  }
  [[nodiscard]] const rusage& total() const { return total_; }

 private:
  static void add(timeval& to, const timeval& more) {
    constexpr long kMillion = 1'000'000;
    to.tv_usec += more.tv_usec;
    to.tv_sec += more.tv_sec + to.tv_usec / kMillion;
    to.tv_usec %= kMillion;
  }

  rusage total_{};
};

}  // namespace sandbox::launcher
