// The clock as this process reads it. Governed: it takes part, its clock is the page that the
// caller writes. Not governed: time flows as it does outside, from where the page stood when the
// process began; so in processes that a governed one has made, and where the page is missing.
#pragma once

#include <cstdint>
#include <ctime>

#include "sandbox/time/clock_page.hpp"

namespace sandbox::time::preload {

constexpr std::uint64_t kBillion = 1'000'000'000;

// The first call finds the pages and takes the clock over, if nobody has.
[[nodiscard]] bool is_governed();
[[nodiscard]] WaitPage& waits();  // governed alone
void ring_caller();               // likewise: look here, somebody waits

// Nanoseconds.
[[nodiscard]] std::uint64_t monotonic();
[[nodiscard]] std::uint64_t realtime();

// Of clock_gettime(2): of the day, of the processor (left to the kernel), all others.
enum class ClockKind { realtime, monotonic, processor };
[[nodiscard]] ClockKind kind_of(clockid_t clock);

// A moment of such a clock on monotonic(); neither overflows.
[[nodiscard]] std::uint64_t on_monotonic(ClockKind kind, std::uint64_t moment);
[[nodiscard]] std::uint64_t from_now(std::uint64_t length);

[[nodiscard]] inline bool is_sound(const timespec& time) {
  return time.tv_sec >= 0 && time.tv_nsec >= 0 && time.tv_nsec < static_cast<long>(kBillion);
}
// Of a sound one; at most some 290 years.
[[nodiscard]] std::uint64_t to_nanoseconds(const timespec& time);
[[nodiscard]] timespec to_timespec(std::uint64_t nanoseconds);

// errno and -1, for a result that is -errno.
long say(long result);

// In the child of a fork.
void leave_clock();

}  // namespace sandbox::time::preload
