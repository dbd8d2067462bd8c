#include "sandbox/time/alarms.hpp"

#include <fcntl.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <iterator>
#include <utility>

#include "sandbox/time/guest_memory.hpp"

namespace sandbox::time {
namespace {

constexpr std::uint64_t kBillion = 1'000'000'000;
constexpr std::int64_t kMostSeconds = std::int64_t{1} << 33;  // 272 years

struct KernelTimeval {
  std::int64_t seconds;
  std::int64_t microseconds;
};
struct KernelTimer {
  KernelTimeval interval;
  KernelTimeval value;
};

bool is_sound(const KernelTimeval& time) {
  return time.seconds >= 0 && time.microseconds >= 0 && time.microseconds < 1'000'000;
}

std::uint64_t to_nanoseconds(const KernelTimeval& time) {
  return static_cast<std::uint64_t>(std::min(time.seconds, kMostSeconds)) * kBillion +
         static_cast<std::uint64_t>(time.microseconds) * 1000;
}

// What is left is never nothing: nothing would mean that no alarm is set.
KernelTimeval to_timeval(std::uint64_t nanoseconds) {
  const std::uint64_t microseconds = (nanoseconds + 999) / 1000;
  return {static_cast<std::int64_t>(microseconds / 1'000'000),
          static_cast<std::int64_t>(microseconds % 1'000'000)};
}

}  // namespace

long Alarms::take_call(const seccomp_notif& call, pid_t process, int pidfd,
                       std::uint64_t monotonic) {
  const auto thread = static_cast<pid_t>(call.pid);
  const auto& arguments = call.data.args;
  KernelTimer old{};
  if (const auto set = alarms_.find(process); set != alarms_.end()) {
    const std::uint64_t left = set->second.deadline - std::min(set->second.deadline, monotonic);
    old = {to_timeval(set->second.interval), to_timeval(std::max<std::uint64_t>(left, 1))};
  }
  const auto set_to = [&](std::uint64_t value, std::uint64_t interval) {
    alarms_.erase(process);
    if (value == 0) return true;
    base::Pidfd copy{base::UniqueFd{::fcntl(pidfd, F_DUPFD_CLOEXEC, 0)}};
    // The caller lives, so a process that lives has its number rightly.
    if (!copy.is_open() || copy.has_ended()) return false;
    alarms_[process] = {monotonic + value, interval, std::move(copy)};
    return true;
  };
  if (call.data.nr == SYS_alarm) {
    (void)set_to(static_cast<std::uint32_t>(arguments[0]) * kBillion, 0);
    return old.value.seconds + (old.value.microseconds > 0 ? 1 : 0);
  }
  const bool sets = call.data.nr == SYS_setitimer;
  KernelTimer wanted{};
  if (sets && arguments[1] != 0) {
    const auto read = read_value<KernelTimer>(thread, arguments[1]);
    if (!read) return -EFAULT;
    if (!is_sound(read->value) || !is_sound(read->interval)) return -EINVAL;
    wanted = *read;
  }
  const std::uint64_t tell = arguments[sets ? 2 : 1];
  if (tell != 0 && !write_value(thread, tell, old)) return -EFAULT;
  if (!sets || set_to(to_nanoseconds(wanted.value), to_nanoseconds(wanted.interval))) return 0;
  return -EAGAIN;
}

std::optional<std::uint64_t> Alarms::deadline() const {
  std::optional<std::uint64_t> earliest;
  for (const auto& [process, alarm] : alarms_) {
    earliest = std::min(earliest.value_or(alarm.deadline), alarm.deadline);
  }
  return earliest;
}

void Alarms::ring(std::uint64_t monotonic) {
  for (auto at = alarms_.begin(); at != alarms_.end();) {
    Alarm& alarm = at->second;
    const bool due = alarm.deadline <= monotonic;
    const bool again = alarm.interval != 0 && !alarm.process.has_ended();
    if (due) (void)alarm.process.send_signal(SIGALRM);
    if (due && again) alarm.deadline += alarm.interval;
    at = due && !again ? alarms_.erase(at) : std::next(at);
  }
}

}  // namespace sandbox::time
