// Semaphores, and what else can be waited for between threads with a time limit. The C library
// leaves a semaphore when a signal comes. Of the others nothing can call it back: it is asked with
// short limits in real time, again and again.
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <threads.h>

#include <cerrno>

#include "sandbox/time/preload/raw.hpp"
#include "sandbox/time/preload/waiting.hpp"

namespace sandbox::time::preload {
namespace {

constexpr std::uint64_t kSlice = 5'000'000;

// Found out at the first call, by all who come together alike.
template <typename Function>
Function* next_one(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

timespec real_moment(std::uint64_t length) {
  timespec now{};
  (void)raw(SYS_clock_gettime, CLOCK_MONOTONIC, address(&now));
  return to_timespec(to_nanoseconds(now) + length);
}

// `take` gets a moment of the real CLOCK_MONOTONIC and answers with an error number.
template <typename Take>
int take_in_slices(ClockKind kind, const timespec* moment, const Take& take) {
  const timespec past = real_moment(0);
  const int at_once = take(&past);
  if (at_once != ETIMEDOUT) return at_once;
  if (!is_sound(*moment)) return moment->tv_sec < 0 && moment->tv_nsec >= 0 ? ETIMEDOUT : EINVAL;
  const std::uint64_t deadline = on_monotonic(kind, to_nanoseconds(*moment));
  const Ended ended = wait_until(deadline, [&](const Waiter& waiter) -> long {
    for (;;) {
      const timespec slice = real_moment(kSlice);
      const int result = take(&slice);
      if (result != ETIMEDOUT) return result;
      if (waiter.due.load()) return -EINTR;
    }
  });
  return ended.timed_out ? ETIMEDOUT : static_cast<int>(ended.result);
}

int wait_for_semaphore(sem_t* semaphore, ClockKind kind, const timespec* moment) {
  static const auto next = next_one<decltype(::sem_clockwait)>("sem_clockwait");
  if (::sem_trywait(semaphore) == 0) return 0;
  if (!is_sound(*moment)) return static_cast<int>(say(-EINVAL));
  const std::uint64_t deadline = on_monotonic(kind, to_nanoseconds(*moment));
  const Ended ended = wait_until(deadline, [&](const Waiter&) -> long {
    return next(semaphore, CLOCK_MONOTONIC, &kFarAway) == 0 ? 0 : -errno;
  });
  return static_cast<int>(say(ended.timed_out ? -ETIMEDOUT : ended.result));
}

bool is_known(clockid_t clock) { return clock == CLOCK_MONOTONIC || clock == CLOCK_REALTIME; }

}  // namespace

extern "C" {

int new_sem_timedwait(sem_t* semaphore, const timespec* moment) JUDGE_REPLACES(sem_timedwait);
int new_sem_clockwait(sem_t* semaphore, clockid_t clock, const timespec* moment)
    JUDGE_REPLACES(sem_clockwait);
int mutex_timedlock(pthread_mutex_t* mutex, const timespec* moment)
    JUDGE_REPLACES(pthread_mutex_timedlock);
int mutex_clocklock(pthread_mutex_t* mutex, clockid_t clock, const timespec* moment)
    JUDGE_REPLACES(pthread_mutex_clocklock);
int rwlock_timedrdlock(pthread_rwlock_t* rwlock, const timespec* moment)
    JUDGE_REPLACES(pthread_rwlock_timedrdlock);
int rwlock_clockrdlock(pthread_rwlock_t* rwlock, clockid_t clock, const timespec* moment)
    JUDGE_REPLACES(pthread_rwlock_clockrdlock);
int rwlock_timedwrlock(pthread_rwlock_t* rwlock, const timespec* moment)
    JUDGE_REPLACES(pthread_rwlock_timedwrlock);
int rwlock_clockwrlock(pthread_rwlock_t* rwlock, clockid_t clock, const timespec* moment)
    JUDGE_REPLACES(pthread_rwlock_clockwrlock);
int timedjoin(pthread_t thread, void** result, const timespec* moment)
    JUDGE_REPLACES(pthread_timedjoin_np);
int clockjoin(pthread_t thread, void** result, clockid_t clock, const timespec* moment)
    JUDGE_REPLACES(pthread_clockjoin_np);
int new_mtx_timedlock(mtx_t* mutex, const timespec* moment) JUDGE_REPLACES(mtx_timedlock);

int new_sem_timedwait(sem_t* semaphore, const timespec* moment) {
  return wait_for_semaphore(semaphore, ClockKind::realtime, moment);
}
int new_sem_clockwait(sem_t* semaphore, clockid_t clock, const timespec* moment) {
  if (!is_known(clock)) return static_cast<int>(say(-EINVAL));
  return wait_for_semaphore(semaphore, kind_of(clock), moment);
}

int mutex_clocklock(pthread_mutex_t* mutex, clockid_t clock, const timespec* moment) {
  static const auto next = next_one<decltype(::pthread_mutex_clocklock)>("pthread_mutex_clocklock");
  if (!is_known(clock)) return EINVAL;
  return take_in_slices(kind_of(clock), moment,
                        [&](const timespec* until) { return next(mutex, CLOCK_MONOTONIC, until); });
}
int mutex_timedlock(pthread_mutex_t* mutex, const timespec* moment) {
  return mutex_clocklock(mutex, CLOCK_REALTIME, moment);
}
int new_mtx_timedlock(mtx_t* mutex, const timespec* moment) {
  const int result = mutex_timedlock(reinterpret_cast<pthread_mutex_t*>(mutex), moment);
  if (result == ETIMEDOUT) return thrd_timedout;
  return result == 0 ? thrd_success : thrd_error;
}

int rwlock_clockrdlock(pthread_rwlock_t* rwlock, clockid_t clock, const timespec* moment) {
  static const auto next =
      next_one<decltype(::pthread_rwlock_clockrdlock)>("pthread_rwlock_clockrdlock");
  if (!is_known(clock)) return EINVAL;
  return take_in_slices(kind_of(clock), moment, [&](const timespec* until) {
    return next(rwlock, CLOCK_MONOTONIC, until);
  });
}
int rwlock_timedrdlock(pthread_rwlock_t* rwlock, const timespec* moment) {
  return rwlock_clockrdlock(rwlock, CLOCK_REALTIME, moment);
}
int rwlock_clockwrlock(pthread_rwlock_t* rwlock, clockid_t clock, const timespec* moment) {
  static const auto next =
      next_one<decltype(::pthread_rwlock_clockwrlock)>("pthread_rwlock_clockwrlock");
  if (!is_known(clock)) return EINVAL;
  return take_in_slices(kind_of(clock), moment, [&](const timespec* until) {
    return next(rwlock, CLOCK_MONOTONIC, until);
  });
}
int rwlock_timedwrlock(pthread_rwlock_t* rwlock, const timespec* moment) {
  return rwlock_clockwrlock(rwlock, CLOCK_REALTIME, moment);
}

int clockjoin(pthread_t thread, void** result, clockid_t clock, const timespec* moment) {
  static const auto next = next_one<decltype(::pthread_clockjoin_np)>("pthread_clockjoin_np");
  if (!is_known(clock)) return EINVAL;
  return take_in_slices(kind_of(clock), moment, [&](const timespec* until) {
    return next(thread, result, CLOCK_MONOTONIC, until);
  });
}
int timedjoin(pthread_t thread, void** result, const timespec* moment) {
  return clockjoin(thread, result, CLOCK_REALTIME, moment);
}

}  // extern "C"

}  // namespace sandbox::time::preload
