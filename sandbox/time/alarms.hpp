// Alarms: the timers that end in SIGALRM, one for each process: alarm(2), setitimer(2) with
// ITIMER_REAL. On a virtual clock nobody but us keeps them.
#pragma once

#include <linux/seccomp.h>
#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>

#include "sandbox/base/pidfd.hpp"

namespace sandbox::time {

class Alarms {
 public:
  // What to answer to alarm(2), setitimer(2) or getitimer(2) of ITIMER_REAL: a result, or -errno.
  // `process` is the caller's, `pidfd` leads to it; the caller waits.
  long take_call(const seccomp_notif& call, pid_t process, int pidfd, std::uint64_t monotonic);

  // The earliest.
  [[nodiscard]] std::optional<std::uint64_t> deadline() const;
  // Sends the signals that are due, and sets anew what repeats.
  void ring(std::uint64_t monotonic);

 private:
  struct Alarm {
    std::uint64_t deadline;  // nanoseconds, on the monotonic clock
    std::uint64_t interval;  // 0: once
    base::Pidfd process;
  };
  // A process that has ended has none any more, but its entry may stay until it is due.
  std::map<pid_t, Alarm> alarms_;
};

}  // namespace sandbox::time
