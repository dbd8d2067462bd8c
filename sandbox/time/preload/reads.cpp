// Every way to ask the C library for the time.
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <time.h>

#include <cerrno>

#include "sandbox/time/preload/clock.hpp"
#include "sandbox/time/preload/raw.hpp"

namespace sandbox::time::preload {

extern "C" {

int read_clock(clockid_t clock, timespec* time) JUDGE_REPLACES(clock_gettime);
int read_time_of_day(timeval* time, void* zone) JUDGE_REPLACES(gettimeofday);
time_t read_seconds(time_t* time) JUDGE_REPLACES(time);
int read_timespec(timespec* time, int base) JUDGE_REPLACES(timespec_get);
int read_sysinfo(struct sysinfo* about) JUDGE_REPLACES(sysinfo);

int read_clock(clockid_t clock, timespec* time) {
  const ClockKind kind = kind_of(clock);
  if (kind == ClockKind::processor) {
    return static_cast<int>(say(raw(SYS_clock_gettime, clock, address(time))));
  }
  *time = to_timespec(kind == ClockKind::realtime ? realtime() : monotonic());
  return 0;
}

int read_time_of_day(timeval* time, void* /*zone*/) {
  if (time == nullptr) return 0;
  const timespec now = to_timespec(realtime());
  *time = {now.tv_sec, now.tv_nsec / 1000};
  return 0;
}

time_t read_seconds(time_t* time) {
  const auto now = static_cast<time_t>(realtime() / kBillion);
  if (time != nullptr) *time = now;
  return now;
}

int read_timespec(timespec* time, int base) {
  if (base != TIME_UTC) return 0;
  *time = to_timespec(realtime());
  return base;
}

int read_sysinfo(struct sysinfo* about) {
  const long result = say(raw(SYS_sysinfo, address(about)));
  if (result == 0) about->uptime = static_cast<long>(monotonic() / kBillion);
  return static_cast<int>(result);
}

}  // extern "C"

}  // namespace sandbox::time::preload
