#include "sandbox/time/wait.hpp"

#include <linux/futex.h>
#include <linux/seccomp.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <limits>
#include <utility>

#include "sandbox/time/guest_memory.hpp"

namespace sandbox::time {
namespace {

constexpr std::uint64_t kBillion = 1'000'000'000;
constexpr std::size_t kMostDescriptors = 1024;  // of one call; more are left to the kernel

struct KernelTimespec {
  std::int64_t seconds;
  std::int64_t nanoseconds;
};

Answer go_on() { return {Answer::Kind::go_on, 0, {}}; }
Answer with_result(long result) { return {Answer::Kind::result, result, {}}; }

Answer park(Wait wait) { return {Answer::Kind::park, 0, std::move(wait)}; }

pid_t thread_of(const seccomp_notif& call) { return static_cast<pid_t>(call.pid); }

std::uint64_t add(std::uint64_t a, std::uint64_t b) {
  return a > std::numeric_limits<std::uint64_t>::max() - b
             ? std::numeric_limits<std::uint64_t>::max()
             : a + b;
}

// In nanoseconds; nothing: not readable, or not a time (the kernel then says what is wrong).
std::optional<std::uint64_t> read_time(pid_t thread, std::uint64_t address, bool microseconds) {
  const auto time = read_value<KernelTimespec>(thread, address);
  if (!time || time->seconds < 0 || time->nanoseconds < 0) return std::nullopt;
  const std::uint64_t parts = microseconds ? 1'000'000 : kBillion;
  if (static_cast<std::uint64_t>(time->nanoseconds) >= parts && !microseconds) return std::nullopt;
  const auto seconds = static_cast<std::uint64_t>(time->seconds);
  if (seconds > std::numeric_limits<std::uint64_t>::max() / kBillion / 2) {
    return std::numeric_limits<std::uint64_t>::max() / 2;
  }
  return seconds * kBillion +
         static_cast<std::uint64_t>(time->nanoseconds) * (microseconds ? 1000 : 1);
}

bool measures_processor(std::uint64_t clock) {
  return clock == CLOCK_PROCESS_CPUTIME_ID || clock == CLOCK_THREAD_CPUTIME_ID ||
         static_cast<std::int32_t>(clock) < 0;
}

Answer wait_until(std::optional<std::uint64_t> deadline, const Now& now) {
  if (!deadline) return go_on();
  if (*deadline <= now.monotonic) return with_result(0);
  Wait wait;
  wait.deadline = *deadline;
  return park(std::move(wait));
}

// A point in time of one of the clocks, on the monotonic one.
std::uint64_t on_monotonic(std::uint64_t time, bool realtime, const Now& now) {
  if (!realtime) return time;
  return time < now.realtime ? 0 : time - now.realtime;
}

Answer read_sleep(const seccomp_notif& call, const Now& now) {
  const auto& arguments = call.data.args;
  if (call.data.nr == SYS_nanosleep) {
    const auto length = read_time(thread_of(call), arguments[0], false);
    return wait_until(length ? std::optional{add(now.monotonic, *length)} : std::nullopt, now);
  }
  const std::uint64_t clock = arguments[0];
  if (measures_processor(clock)) return go_on();
  const auto time = read_time(thread_of(call), arguments[2], false);
  if (!time) return go_on();
  if ((arguments[1] & TIMER_ABSTIME) == 0) return wait_until(add(now.monotonic, *time), now);
  return wait_until(on_monotonic(*time, is_realtime(clock), now), now);
}

base::UniqueFd copy_of(int process, int fd) {
  return base::UniqueFd{static_cast<int>(::syscall(SYS_pidfd_getfd, process, fd, 0))};
}

// Parks with copies of the descriptors, unless one is wrong: then the kernel answers.
Answer watch(int process, const std::vector<pollfd>& fds, std::uint64_t deadline) {
  Wait wait;
  wait.deadline = deadline;
  for (const pollfd& fd : fds) {
    if (fd.fd < 0) continue;
    base::UniqueFd copy = copy_of(process, fd.fd);
    if (!copy.is_open()) return go_on();
    wait.watched.push_back({std::move(copy), fd.events});
  }
  return park(std::move(wait));
}

std::optional<std::uint64_t> in_milliseconds(std::uint64_t argument, const Now& now) {
  const auto time = static_cast<std::int32_t>(argument);
  if (time < 0) return std::nullopt;
  return add(now.monotonic, static_cast<std::uint64_t>(time) * 1'000'000);
}

std::optional<std::uint64_t> behind_pointer(const seccomp_notif& call, unsigned argument,
                                            bool microseconds, const Now& now) {
  const auto time = read_time(thread_of(call), call.data.args[argument], microseconds);
  return time ? std::optional{add(now.monotonic, *time)} : std::nullopt;
}

// With the signals that are let in while the call waits: those that are not in the mask behind
// `argument`.
Answer let_in(const seccomp_notif& call, Answer answer, std::uint64_t mask) {
  if (mask == 0) return answer;
  const auto blocked = read_value<std::uint64_t>(thread_of(call), mask);
  if (blocked) answer.wait.signals = ~*blocked;
  return answer;
}

Answer read_epoll(const seccomp_notif& call, int process, std::optional<std::uint64_t> deadline) {
  if (!deadline) return go_on();
  return watch(process, {{static_cast<int>(call.data.args[0]), POLLIN, 0}}, *deadline);
}

Answer read_poll(const seccomp_notif& call, int process, std::optional<std::uint64_t> deadline) {
  const std::uint64_t count = call.data.args[1];
  if (!deadline || count > kMostDescriptors) return go_on();
  const auto fds = read_values<pollfd>(thread_of(call), call.data.args[0], count);
  return fds ? watch(process, *fds, *deadline) : go_on();
}

Answer read_select(const seccomp_notif& call, int process, std::optional<std::uint64_t> deadline) {
  const auto highest = static_cast<std::int32_t>(call.data.args[0]);
  if (!deadline || highest < 0 || highest > static_cast<int>(kMostDescriptors)) return go_on();
  constexpr std::size_t kBits = 64;
  const std::size_t words = (static_cast<std::size_t>(highest) + kBits - 1) / kBits;
  std::vector<pollfd> fds;
  const short events[] = {POLLIN, POLLOUT, POLLPRI};
  for (unsigned set = 0; set < 3; ++set) {
    const std::uint64_t address = call.data.args[set + 1];
    if (address == 0) continue;
    const auto bits = read_values<std::uint64_t>(thread_of(call), address, words);
    if (!bits) return go_on();
    for (int fd = 0; fd < highest; ++fd) {
      const auto at = static_cast<std::size_t>(fd);
      if (((*bits)[at / kBits] >> (at % kBits) & 1U) != 0) fds.push_back({fd, events[set], 0});
    }
  }
  return watch(process, fds, *deadline);
}

Answer read_signal_wait(const seccomp_notif& call, const Now& now) {
  const auto signals = read_value<std::uint64_t>(thread_of(call), call.data.args[0]);
  if (!signals) return go_on();
  Answer answer = wait_until(behind_pointer(call, 2, false, now), now);
  if (answer.kind == Answer::Kind::result) return go_on();  // a look without waiting
  answer.wait.signals = *signals;
  return answer;
}

// What cannot be imitated from outside is missing: a lock with priority inheritance is given by the
// kernel to whoever waits in it.
Answer read_futex(const seccomp_notif& call, const Now& now) {
  const auto& arguments = call.data.args;
  const auto operation = static_cast<int>(arguments[1]);
  const int command = operation & FUTEX_CMD_MASK;
  if (command != FUTEX_WAIT && command != FUTEX_WAIT_BITSET) return with_result(-ENOSYS);
  const auto word = read_value<std::uint32_t>(thread_of(call), arguments[0]);
  const auto time = read_time(thread_of(call), arguments[3], false);
  if (!word || !time) return go_on();
  const auto expected = static_cast<std::uint32_t>(arguments[2]);
  if (*word != expected) return with_result(-EAGAIN);
  const bool realtime = (operation & FUTEX_CLOCK_REALTIME) != 0;
  Wait wait;
  wait.deadline =
      command == FUTEX_WAIT ? add(now.monotonic, *time) : on_monotonic(*time, realtime, now);
  if (wait.deadline <= now.monotonic) return with_result(-ETIMEDOUT);
  wait.word = arguments[0];
  wait.expected = expected;
  return park(std::move(wait));
}

}  // namespace

bool is_realtime(std::uint64_t clock) {
  return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE ||
         clock == CLOCK_REALTIME_ALARM || clock == CLOCK_TAI;
}

Answer read_wait(const seccomp_notif& call, int process, const Now& now) {
  const auto& arguments = call.data.args;
  switch (call.data.nr) {
    case SYS_nanosleep:
    case SYS_clock_nanosleep:
      return read_sleep(call, now);
    case SYS_epoll_wait:
      return read_epoll(call, process, in_milliseconds(arguments[3], now));
    case SYS_epoll_pwait:
      return let_in(call, read_epoll(call, process, in_milliseconds(arguments[3], now)),
                    arguments[4]);
    case SYS_epoll_pwait2:
      return let_in(call, read_epoll(call, process, behind_pointer(call, 3, false, now)),
                    arguments[4]);
    case SYS_poll:
      return read_poll(call, process, in_milliseconds(arguments[2], now));
    case SYS_ppoll:
      return let_in(call, read_poll(call, process, behind_pointer(call, 2, false, now)),
                    arguments[3]);
    case SYS_select:
      return read_select(call, process, behind_pointer(call, 4, true, now));
    case SYS_pselect6: {
      // The sixth argument leads to the mask's address and size, select(2).
      const auto mask = read_value<std::uint64_t>(thread_of(call), arguments[5]);
      return let_in(call, read_select(call, process, behind_pointer(call, 4, false, now)),
                    mask.value_or(0));
    }
    case SYS_rt_sigtimedwait:
      return read_signal_wait(call, now);
    case SYS_futex:
      return read_futex(call, now);
    default:
      return go_on();
  }
}

long finish_wait(const seccomp_notif& call) {
  const auto& arguments = call.data.args;
  const pid_t thread = thread_of(call);
  switch (call.data.nr) {
    case SYS_poll:
    case SYS_ppoll: {
      auto fds = read_values<pollfd>(thread, arguments[0], arguments[1]);
      if (!fds) return -EFAULT;
      for (pollfd& fd : *fds) fd.revents = 0;
      (void)write_memory(thread, arguments[0], fds->data(), fds->size() * sizeof(pollfd));
      return 0;
    }
    case SYS_select:
    case SYS_pselect6: {
      const std::vector<char> none((arguments[0] + 63) / 64 * 8);
      for (unsigned set = 1; set <= 3; ++set) {
        if (arguments[set] != 0) {
          (void)write_memory(thread, arguments[set], none.data(), none.size());
        }
      }
      (void)write_value(thread, arguments[4], KernelTimespec{0, 0});  // time left, as Linux has it
      return 0;
    }
    case SYS_futex:
      return -ETIMEDOUT;
    case SYS_rt_sigtimedwait:
      return -EAGAIN;
    default:
      return 0;
  }
}

}  // namespace sandbox::time
