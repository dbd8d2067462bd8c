// The timer that ends in SIGALRM.
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "sandbox/time/preload/raw.hpp"
#include "sandbox/time/preload/waiting.hpp"

namespace sandbox::time::preload {
namespace {

bool is_sound(const timeval& time) {
  return time.tv_sec >= 0 && time.tv_usec >= 0 && time.tv_usec < 1'000'000;
}

std::uint64_t in_nanoseconds(const timeval& time) {
  return to_nanoseconds({time.tv_sec, time.tv_usec * 1000});
}

// What is left is never nothing: nothing would mean that no alarm is set.
timeval to_timeval(std::uint64_t nanoseconds) {
  const std::uint64_t microseconds = (nanoseconds + 999) / 1000;
  return {static_cast<time_t>(microseconds / 1'000'000),
          static_cast<suseconds_t>(microseconds % 1'000'000)};
}

std::uint64_t left_of(const Alarm& alarm) {
  if (alarm.deadline == 0) return 0;
  const std::uint64_t now = monotonic();
  return alarm.deadline > now ? alarm.deadline - now : 1;
}

itimerval shown(const Alarm& alarm) {
  if (alarm.deadline == 0) return {};
  return {to_timeval(alarm.interval), to_timeval(left_of(alarm))};
}

}  // namespace

extern "C" {

unsigned new_alarm(unsigned seconds) JUDGE_REPLACES(alarm);
useconds_t new_ualarm(useconds_t value, useconds_t interval) JUDGE_REPLACES(ualarm);
int new_setitimer(int which, const itimerval* wanted, itimerval* before) JUDGE_REPLACES(setitimer);
int new_getitimer(int which, itimerval* now) JUDGE_REPLACES(getitimer);

unsigned new_alarm(unsigned seconds) {
  const Alarm before = set_alarm({seconds == 0 ? 0 : from_now(seconds * kBillion), 0});
  return static_cast<unsigned>((left_of(before) + kBillion - 1) / kBillion);
}

useconds_t new_ualarm(useconds_t value, useconds_t interval) {
  const std::uint64_t again = std::uint64_t{interval} * 1000;
  const Alarm before =
      set_alarm({value == 0 ? 0 : from_now(std::uint64_t{value} * 1000), value == 0 ? 0 : again});
  return static_cast<useconds_t>((left_of(before) + 999) / 1000);
}

int new_setitimer(int which, const itimerval* wanted, itimerval* before) {
  if (which != ITIMER_REAL) {
    return static_cast<int>(say(raw(SYS_setitimer, which, address(wanted), address(before))));
  }
  const itimerval timer = wanted != nullptr ? *wanted : itimerval{};
  if (!is_sound(timer.it_value) || !is_sound(timer.it_interval)) {
    return static_cast<int>(say(-EINVAL));
  }
  const std::uint64_t value = in_nanoseconds(timer.it_value);
  const Alarm old = value == 0 ? set_alarm({0, 0})
                               : set_alarm({from_now(value), in_nanoseconds(timer.it_interval)});
  if (before != nullptr) *before = shown(old);
  return 0;
}

int new_getitimer(int which, itimerval* now) {
  if (which != ITIMER_REAL) {
    return static_cast<int>(say(raw(SYS_getitimer, which, address(now))));
  }
  *now = shown(current_alarm());
  return 0;
}

}  // extern "C"

}  // namespace sandbox::time::preload
