// Wait: what a thread waits for that has asked for it with a time limit, read from its call.
#pragma once

#include <poll.h>
#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "sandbox/base/unique_fd.hpp"

struct seccomp_notif;

namespace sandbox::time {

// Nanoseconds; the clocks of time(7) as the program sees them.
struct Now {
  std::uint64_t monotonic;
  std::uint64_t realtime;  // what is added for CLOCK_REALTIME
};

[[nodiscard]] bool is_realtime(std::uint64_t clock);

struct Wait {
  std::uint64_t deadline = 0;  // on the monotonic clock
  // Ends it before that: any of these is ready. Copies of the program's own.
  struct Watched {
    base::UniqueFd fd;
    short events = 0;
  };
  std::vector<Watched> watched{};
  // Or: the word at this address is no longer the expected one (futex(2)).
  std::optional<std::uint64_t> word{};
  std::uint32_t expected = 0;
  // Or: one of these signals is pending, which the thread blocks but not for the time of its wait.
  std::uint64_t signals = 0;
};

// What the caller is to answer to a call of special_calls() that waits.
struct Answer {
  enum class Kind {
    park,    // not yet: `wait`
    go_on,   // the kernel does it
    result,  // this: a result, or -errno
  };
  Kind kind;
  long result = 0;
  Wait wait{};
};

// `process` is a pidfd of the thread's process, -1: unknown.
[[nodiscard]] Answer read_wait(const seccomp_notif& call, int process, const Now& now);

// The result of a wait whose time has come, with what the program finds in its memory then.
[[nodiscard]] long finish_wait(const seccomp_notif& call);

}  // namespace sandbox::time
