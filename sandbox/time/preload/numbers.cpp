// syscall(2): the C library's way to name a call by its number. Those that know time go where their
// names lead; all others to the kernel.
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>

#include "sandbox/time/preload/raw.hpp"
#include "sandbox/time/preload/waiting.hpp"

namespace sandbox::time::preload {
namespace {

template <typename Pointee>
Pointee* at(long address) {
  return reinterpret_cast<Pointee*>(address);
}

// With a time limit. The kernel's word for one that ends because the word has changed meanwhile is
// as good as any other reason.
long timed_futex(const long (&a)[6]) {
  const auto operation = static_cast<int>(a[1]);
  const int command = operation & FUTEX_CMD_MASK;
  if (command != FUTEX_WAIT && command != FUTEX_WAIT_BITSET) return -ENOSYS;
  const timespec& time = *at<const timespec>(a[3]);
  if (!is_sound(time)) return -EINVAL;
  const bool relative = command == FUTEX_WAIT;
  const ClockKind kind =
      (operation & FUTEX_CLOCK_REALTIME) != 0 ? ClockKind::realtime : ClockKind::monotonic;
  const std::uint64_t deadline =
      relative ? from_now(to_nanoseconds(time)) : on_monotonic(kind, to_nanoseconds(time));
  if (deadline <= monotonic()) {
    const auto word = __atomic_load_n(at<const std::uint32_t>(a[0]), __ATOMIC_SEQ_CST);
    return word == static_cast<std::uint32_t>(a[2]) ? -ETIMEDOUT : -EAGAIN;
  }
  const Ended ended = wait_until(deadline, [&](const Waiter&) {
    return raw(SYS_futex, a[0], operation & ~FUTEX_CLOCK_REALTIME, a[2], address(&kFarAway), a[4],
               a[5]);
  });
  return ended.timed_out ? -ETIMEDOUT : ended.result;
}

bool waits_with_limit(const long (&a)[6]) {
  switch (a[1] & FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
    case FUTEX_WAIT_BITSET:
    case FUTEX_LOCK_PI:
    case FUTEX_WAIT_REQUEUE_PI:
    case FUTEX_LOCK_PI2:
      return a[3] != 0;
    default:
      return false;  // the fourth argument is something else
  }
}

// What pselect6 has in place of a mask.
const sigset_t* mask_behind(long pair) {
  return pair == 0 ? nullptr : at<const sigset_t>(*at<const long>(pair));
}

}  // namespace

extern "C" {

long new_syscall(long number, ...) JUDGE_REPLACES(syscall);

long new_syscall(long number, ...) {
  long a[6];
  va_list list;
  va_start(list, number);
  for (long& argument : a) argument = va_arg(list, long);
  va_end(list);
  switch (number) {
    case SYS_clock_gettime:
      return ::clock_gettime(static_cast<clockid_t>(a[0]), at<timespec>(a[1]));
    case SYS_gettimeofday:
      return ::gettimeofday(at<timeval>(a[0]), nullptr);
    case SYS_time:
      return ::time(at<time_t>(a[0]));
    case SYS_sysinfo:
      return ::sysinfo(at<struct sysinfo>(a[0]));
    case SYS_nanosleep:
      return ::nanosleep(at<const timespec>(a[0]), at<timespec>(a[1]));
    case SYS_clock_nanosleep:
      return say(-::clock_nanosleep(static_cast<clockid_t>(a[0]), static_cast<int>(a[1]),
                                    at<const timespec>(a[2]), at<timespec>(a[3])));
    case SYS_poll:
      return ::poll(at<pollfd>(a[0]), static_cast<nfds_t>(a[1]), static_cast<int>(a[2]));
    case SYS_ppoll:
      return ::ppoll(at<pollfd>(a[0]), static_cast<nfds_t>(a[1]), at<const timespec>(a[2]),
                     at<const sigset_t>(a[3]));
    case SYS_select:
      return ::select(static_cast<int>(a[0]), at<fd_set>(a[1]), at<fd_set>(a[2]), at<fd_set>(a[3]),
                      at<timeval>(a[4]));
    case SYS_pselect6:
      return ::pselect(static_cast<int>(a[0]), at<fd_set>(a[1]), at<fd_set>(a[2]), at<fd_set>(a[3]),
                       at<const timespec>(a[4]), mask_behind(a[5]));
    case SYS_epoll_wait:
      return ::epoll_wait(static_cast<int>(a[0]), at<epoll_event>(a[1]), static_cast<int>(a[2]),
                          static_cast<int>(a[3]));
    case SYS_epoll_pwait:
      return ::epoll_pwait(static_cast<int>(a[0]), at<epoll_event>(a[1]), static_cast<int>(a[2]),
                           static_cast<int>(a[3]), at<const sigset_t>(a[4]));
    case SYS_epoll_pwait2:
      return ::epoll_pwait2(static_cast<int>(a[0]), at<epoll_event>(a[1]), static_cast<int>(a[2]),
                            at<const timespec>(a[3]), at<const sigset_t>(a[4]));
    case SYS_rt_sigtimedwait:
      return ::sigtimedwait(at<const sigset_t>(a[0]), at<siginfo_t>(a[1]),
                            at<const timespec>(a[2]));
    case SYS_alarm:
      return ::alarm(static_cast<unsigned>(a[0]));
    case SYS_setitimer:
      return ::setitimer(static_cast<__itimer_which_t>(a[0]), at<const itimerval>(a[1]),
                         at<itimerval>(a[2]));
    case SYS_getitimer:
      return ::getitimer(static_cast<__itimer_which_t>(a[0]), at<itimerval>(a[1]));
    case SYS_futex:
      if (waits_with_limit(a)) return say(timed_futex(a));
      break;
    default:
      break;
  }
  return say(raw(number, a[0], a[1], a[2], a[3], a[4], a[5]));
}

}  // extern "C"

}  // namespace sandbox::time::preload
