#include "sandbox/time/timed_calls.hpp"

#include <linux/futex.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>

#include "sandbox/filter/instructions.hpp"

namespace sandbox::time {
namespace {

constexpr std::uint32_t kNegative = 0x80000000;

const sock_filter kAsk = answer_with(SECCOMP_RET_USER_NOTIF);
const sock_filter kAllow = answer_with(SECCOMP_RET_ALLOW);

// A time limit in milliseconds that is neither "at once" nor "never".
FilterCode if_positive(unsigned argument) {
  return {load(lower_half(argument)), compare(BPF_JEQ, 0, 2, 0), compare(BPF_JGE, kNegative, 1, 0),
          kAsk, kAllow};
}

// A time limit behind a pointer: null is "never".
FilterCode if_pointer(unsigned argument) {
  return {load(lower_half(argument)),
          compare(BPF_JEQ, 0, 0, 2),
          load(upper_half(argument)),
          compare(BPF_JEQ, 0, 1, 0),
          kAsk,
          kAllow};
}

// futex(2): waiting operations, with a time limit.
FilterCode if_timed_futex() {
  FilterCode code = {
      load(lower_half(1)),
      BPF_STMT(BPF_ALU | BPF_AND | BPF_K, static_cast<std::uint32_t>(FUTEX_CMD_MASK)),
      compare(BPF_JEQ, FUTEX_WAIT, 5, 0),
      compare(BPF_JEQ, FUTEX_WAIT_BITSET, 4, 0),
      compare(BPF_JEQ, FUTEX_LOCK_PI, 3, 0),
      compare(BPF_JEQ, FUTEX_WAIT_REQUEUE_PI, 2, 0),
      compare(BPF_JEQ, FUTEX_LOCK_PI2, 1, 0),
      kAllow};
  const FilterCode timed = if_pointer(3);
  code.insert(code.end(), timed.begin(), timed.end());
  return code;
}

// Clocks that measure a processor's time have negative numbers, or one of two.
FilterCode if_time_of_day() {
  return {load(lower_half(0)),
          compare(BPF_JEQ, CLOCK_PROCESS_CPUTIME_ID, 3, 0),
          compare(BPF_JEQ, CLOCK_THREAD_CPUTIME_ID, 2, 0),
          compare(BPF_JGE, kNegative, 1, 0),
          kAsk,
          kAllow};
}

FilterCode if_new_process() {
  return {load(lower_half(0)), compare(BPF_JSET, CLONE_THREAD, 1, 0), kAsk, kAllow};
}

// ITIMER_REAL; the others measure a processor.
FilterCode if_zero(unsigned argument) {
  return {load(lower_half(argument)), compare(BPF_JEQ, 0, 0, 1), kAsk, kAllow};
}

// setsockopt(2): waiting in a socket with a time limit of its own.
FilterCode unless_time_limit() {
  constexpr std::uint32_t kOptions[] = {SO_RCVTIMEO_OLD, SO_SNDTIMEO_OLD, SO_RCVTIMEO_NEW,
                                        SO_SNDTIMEO_NEW};
  return {load(lower_half(1)),
          compare(BPF_JEQ, SOL_SOCKET, 0, 5),
          load(lower_half(2)),
          compare(BPF_JEQ, kOptions[0], 4, 0),
          compare(BPF_JEQ, kOptions[1], 3, 0),
          compare(BPF_JEQ, kOptions[2], 2, 0),
          compare(BPF_JEQ, kOptions[3], 1, 0),
          kAllow,
          answer_with(SECCOMP_RET_ERRNO | ENOPROTOOPT)};
}

FilterCode missing() { return {answer_with(SECCOMP_RET_ERRNO | ENOSYS)}; }

// ITIMER_REAL; the others measure a processor.
FilterCode missing_if_zero(unsigned argument) {
  return {load(lower_half(argument)), compare(BPF_JEQ, 0, 0, 1),
          answer_with(SECCOMP_RET_ERRNO | ENOSYS), kAllow};
}

}  // namespace

const std::vector<SpecialCall>& special_calls() {
  static const std::vector<SpecialCall> all = {
      {SYS_nanosleep, {kAsk}},
      {SYS_clock_nanosleep, {kAsk}},
      {SYS_epoll_wait, if_positive(3)},
      {SYS_epoll_pwait, if_positive(3)},
      {SYS_epoll_pwait2, if_pointer(3)},
      {SYS_poll, if_positive(2)},
      {SYS_ppoll, if_pointer(2)},
      {SYS_select, if_pointer(4)},
      {SYS_pselect6, if_pointer(4)},
      {SYS_futex, if_timed_futex()},
      {SYS_rt_sigtimedwait, if_pointer(2)},
      {SYS_clock_gettime, if_time_of_day()},
      {SYS_gettimeofday, {kAsk}},
      {SYS_time, {kAsk}},
      {SYS_sysinfo, {kAsk}},
      {SYS_alarm, {kAsk}},
      {SYS_setitimer, if_zero(0)},
      {SYS_getitimer, if_zero(0)},
      {SYS_execve, {kAsk}},
      {SYS_execveat, {kAsk}},
      {SYS_fork, {kAsk}},
      {SYS_vfork, {kAsk}},
      {SYS_clone, if_new_process()},
      {SYS_timerfd_create, missing()},
      {SYS_timer_create, missing()},
      {SYS_recvmmsg, missing()},  // has a time limit, and nobody uses it without need
      {SYS_setsockopt, unless_time_limit()},
  };
  return all;
}

const std::vector<SpecialCall>& missing_calls() {
  static const std::vector<SpecialCall> all = {
      {SYS_timerfd_create, missing()},     {SYS_timer_create, missing()},
      {SYS_recvmmsg, missing()},           {SYS_alarm, missing()},
      {SYS_setitimer, missing_if_zero(0)}, {SYS_setsockopt, unless_time_limit()},
  };
  return all;
}

}  // namespace sandbox::time
