// Sleeping, and waiting for signals.
#include <pthread.h>
#include <signal.h>
#include <threads.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "sandbox/time/preload/raw.hpp"
#include "sandbox/time/preload/waiting.hpp"

namespace sandbox::time::preload {
namespace {

// 0, or -EINTR; what was left then.
long sleep_until(std::uint64_t deadline, std::uint64_t* left = nullptr) {
  constexpr std::uint32_t kNever = 0;
  const Ended ended = wait_until(
      deadline, [&](const Waiter&) { return futex(&kNever, kWaitPrivate, kNever, &kFarAway); });
  if (ended.timed_out) return 0;
  if (left != nullptr) *left = deadline - std::min(deadline, monotonic());
  ::pthread_testcancel();
  return -EINTR;
}

long sleep_for(const timespec* length, timespec* left) {
  if (!is_sound(*length)) return -EINVAL;
  std::uint64_t rest = 0;
  const long result = sleep_until(from_now(to_nanoseconds(*length)), &rest);
  if (result != 0 && left != nullptr) *left = to_timespec(rest);
  return result;
}

}  // namespace

extern "C" {

int new_nanosleep(const timespec* length, timespec* left) JUDGE_REPLACES(nanosleep);
int new_clock_nanosleep(clockid_t clock, int flags, const timespec* time, timespec* left)
    JUDGE_REPLACES(clock_nanosleep);
unsigned new_sleep(unsigned seconds) JUDGE_REPLACES(sleep);
int new_usleep(useconds_t length) JUDGE_REPLACES(usleep);
int new_thrd_sleep(const timespec* length, timespec* left) JUDGE_REPLACES(thrd_sleep);
int new_sigtimedwait(const sigset_t* set, siginfo_t* info, const timespec* limit)
    JUDGE_REPLACES(sigtimedwait);

int new_nanosleep(const timespec* length, timespec* left) {
  return static_cast<int>(say(sleep_for(length, left)));
}

int new_clock_nanosleep(clockid_t clock, int flags, const timespec* time, timespec* left) {
  const ClockKind kind = kind_of(clock);
  if (kind == ClockKind::processor) {
    return static_cast<int>(-raw(SYS_clock_nanosleep, clock, flags, address(time), address(left)));
  }
  if ((flags & TIMER_ABSTIME) == 0) return static_cast<int>(-sleep_for(time, left));
  if (!is_sound(*time)) return EINVAL;
  return static_cast<int>(-sleep_until(on_monotonic(kind, to_nanoseconds(*time))));
}

unsigned new_sleep(unsigned seconds) {
  std::uint64_t left = 0;
  if (sleep_until(from_now(seconds * kBillion), &left) == 0) return 0;
  return static_cast<unsigned>((left + kBillion - 1) / kBillion);
}

int new_usleep(useconds_t length) {
  return static_cast<int>(say(sleep_until(from_now(std::uint64_t{length} * 1000))));
}

int new_thrd_sleep(const timespec* length, timespec* left) {
  const long result = sleep_for(length, left);
  return result == 0 ? 0 : result == -EINTR ? -1 : -2;
}

int new_sigtimedwait(const sigset_t* set, siginfo_t* info, const timespec* limit) {
  const auto wait = [&](const timespec* time) {
    return raw(SYS_rt_sigtimedwait, address(set), address(info), address(time), 8);
  };
  if (limit == nullptr) return static_cast<int>(say(wait(nullptr)));
  if (!is_sound(*limit)) return static_cast<int>(say(-EINVAL));
  constexpr timespec kAtOnce{};
  long result = wait(&kAtOnce);
  if (result == -EAGAIN) {
    const Ended ended =
        wait_until(from_now(to_nanoseconds(*limit)), [&](const Waiter&) { return wait(nullptr); });
    result = ended.timed_out ? wait(&kAtOnce) : ended.result;
  }
  return static_cast<int>(say(result));
}

}  // extern "C"

}  // namespace sandbox::time::preload
