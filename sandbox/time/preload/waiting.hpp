// Waiting with a time limit. A thread blocks in the kernel without one, as it would for what it
// waits for, and its deadline stands in a list. When everything sleeps, the caller moves the clock
// to the earliest and wakes the *conductor*, a thread of this library, which interrupts the one
// that waits for that moment by a signal. In a process that is not governed the conductor sleeps
// until then by itself.
#pragma once

#include <atomic>
#include <cerrno>
#include <cstdint>

#include "sandbox/time/preload/clock.hpp"

namespace sandbox::time::preload {

struct Waiter {
  std::uint64_t deadline = 0;  // on monotonic()
  int thread = 0;              // 0: nobody waits, the process is to get SIGALRM
  std::uint64_t interval = 0;  // then: and again
  std::uint64_t order = 0;     // of several with the same deadline the lowest goes on
  std::atomic<bool> due{false};
  Waiter* next = nullptr;
};

// Between the two, `waiter` is in the list; the conductor may send it signals.
void enter(Waiter& waiter);
void leave(Waiter& waiter);

struct Ended {
  long result;  // of `block`
  bool timed_out;
};

// `block` waits without a limit; it ends with -EINTR when a signal comes.
template <typename Block>
Ended wait_until(std::uint64_t deadline, const Block& block) {
  if (deadline <= monotonic()) return {-EINTR, true};
  Waiter waiter;
  waiter.deadline = deadline;
  enter(waiter);
  const long result = block(waiter);
  leave(waiter);
  return {result, result == -EINTR && waiter.due.load()};
}

// Sets the alarm of this process; 0: none. What was set before.
struct Alarm {
  std::uint64_t deadline;
  std::uint64_t interval;
};
Alarm set_alarm(Alarm alarm);
[[nodiscard]] Alarm current_alarm();

void before_fork();
void after_fork();
void after_fork_in_child();

}  // namespace sandbox::time::preload
