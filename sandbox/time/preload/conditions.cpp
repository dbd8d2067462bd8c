// Condition variables of our own: those of the C library cannot be left at a moment of ours. A
// counter is all there is: who waits sleeps on it as long as it stands where it stood before the
// mutex was released; signalling moves it. Who waits may be woken without a reason, as POSIX
// allows.
#include <pthread.h>
#include <threads.h>

#include <cerrno>
#include <cstdint>

#include "sandbox/time/preload/raw.hpp"
#include "sandbox/time/preload/waiting.hpp"

namespace sandbox::time::preload {
namespace {

// What stands in a pthread_cond_t; all zero is PTHREAD_COND_INITIALIZER.
struct Condition {
  std::uint32_t counter;
  std::uint32_t is_monotonic;  // the clock of pthread_cond_timedwait
  std::uint32_t is_shared;     // among processes
};
static_assert(sizeof(Condition) <= sizeof(pthread_cond_t) && sizeof(Condition) <= sizeof(cnd_t));

Condition& of(void* condition) { return *static_cast<Condition*>(condition); }

int wait_operation(const Condition& condition) {
  return condition.is_shared != 0 ? FUTEX_WAIT : kWaitPrivate;
}

int wake(Condition& condition, std::uint32_t count) {
  __atomic_fetch_add(&condition.counter, 1, __ATOMIC_SEQ_CST);
  const int operation = condition.is_shared != 0 ? FUTEX_WAKE : kWakePrivate;
  (void)futex(&condition.counter, operation, count);
  return 0;
}

// After `wait`, which gets the counter, the mutex is held again.
template <typename Wait>
int without_mutex(Condition& condition, pthread_mutex_t* mutex, const Wait& wait) {
  const std::uint32_t counter = __atomic_load_n(&condition.counter, __ATOMIC_SEQ_CST);
  const int refused = ::pthread_mutex_unlock(mutex);
  if (refused != 0) return refused;
  const int result = wait(counter);
  const int failed = ::pthread_mutex_lock(mutex);
  ::pthread_testcancel();
  return failed != 0 ? failed : result;
}

int wait_for_ever(Condition& condition, pthread_mutex_t* mutex) {
  return without_mutex(condition, mutex, [&](std::uint32_t counter) {
    (void)futex(&condition.counter, wait_operation(condition), counter);
    return 0;
  });
}

int wait_until_moment(Condition& condition, pthread_mutex_t* mutex, ClockKind kind,
                      const timespec* moment) {
  if (!is_sound(*moment)) return moment->tv_sec < 0 && moment->tv_nsec >= 0 ? ETIMEDOUT : EINVAL;
  const std::uint64_t deadline = on_monotonic(kind, to_nanoseconds(*moment));
  return without_mutex(condition, mutex, [&](std::uint32_t counter) {
    const Ended ended = wait_until(deadline, [&](const Waiter&) {
      return futex(&condition.counter, wait_operation(condition), counter, &kFarAway);
    });
    return ended.timed_out ? ETIMEDOUT : 0;
  });
}

int to_thrd(int result) {
  switch (result) {
    case 0:
      return thrd_success;
    case ETIMEDOUT:
      return thrd_timedout;
    default:
      return thrd_error;
  }
}

}  // namespace

extern "C" {

int cond_init(void* condition, const pthread_condattr_t* attributes)
    JUDGE_REPLACES(pthread_cond_init);
int cond_destroy(void* condition) JUDGE_REPLACES(pthread_cond_destroy);
int cond_signal(void* condition) JUDGE_REPLACES(pthread_cond_signal);
int cond_broadcast(void* condition) JUDGE_REPLACES(pthread_cond_broadcast);
int cond_wait(void* condition, pthread_mutex_t* mutex) JUDGE_REPLACES(pthread_cond_wait);
int cond_timedwait(void* condition, pthread_mutex_t* mutex, const timespec* moment)
    JUDGE_REPLACES(pthread_cond_timedwait);
int cond_clockwait(void* condition, pthread_mutex_t* mutex, clockid_t clock, const timespec* moment)
    JUDGE_REPLACES(pthread_cond_clockwait);
int new_cnd_init(void* condition) JUDGE_REPLACES(cnd_init);
void new_cnd_destroy(void* condition) JUDGE_REPLACES(cnd_destroy);
int new_cnd_signal(void* condition) JUDGE_REPLACES(cnd_signal);
int new_cnd_broadcast(void* condition) JUDGE_REPLACES(cnd_broadcast);
int new_cnd_wait(void* condition, mtx_t* mutex) JUDGE_REPLACES(cnd_wait);
int new_cnd_timedwait(void* condition, mtx_t* mutex, const timespec* moment)
    JUDGE_REPLACES(cnd_timedwait);

int cond_init(void* condition, const pthread_condattr_t* attributes) {
  clockid_t clock = CLOCK_REALTIME;
  int shared = PTHREAD_PROCESS_PRIVATE;
  if (attributes != nullptr) {
    (void)::pthread_condattr_getclock(attributes, &clock);
    (void)::pthread_condattr_getpshared(attributes, &shared);
  }
  of(condition) = {0, clock == CLOCK_MONOTONIC, shared == PTHREAD_PROCESS_SHARED};
  return 0;
}
int cond_destroy(void* /*condition*/) { return 0; }
int cond_signal(void* condition) { return wake(of(condition), 1); }
int cond_broadcast(void* condition) { return wake(of(condition), kAll); }
int cond_wait(void* condition, pthread_mutex_t* mutex) {
  return wait_for_ever(of(condition), mutex);
}
int cond_timedwait(void* condition, pthread_mutex_t* mutex, const timespec* moment) {
  const bool monotonic = of(condition).is_monotonic != 0;
  return wait_until_moment(of(condition), mutex,
                           monotonic ? ClockKind::monotonic : ClockKind::realtime, moment);
}
int cond_clockwait(void* condition, pthread_mutex_t* mutex, clockid_t clock,
                   const timespec* moment) {
  if (clock != CLOCK_MONOTONIC && clock != CLOCK_REALTIME) return EINVAL;
  return wait_until_moment(of(condition), mutex, kind_of(clock), moment);
}

int new_cnd_init(void* condition) {
  of(condition) = {};
  return thrd_success;
}
void new_cnd_destroy(void* /*condition*/) {}
int new_cnd_signal(void* condition) { return to_thrd(cond_signal(condition)); }
int new_cnd_broadcast(void* condition) { return to_thrd(cond_broadcast(condition)); }
int new_cnd_wait(void* condition, mtx_t* mutex) {
  return to_thrd(cond_wait(condition, reinterpret_cast<pthread_mutex_t*>(mutex)));
}
int new_cnd_timedwait(void* condition, mtx_t* mutex, const timespec* moment) {
  return to_thrd(cond_timedwait(condition, reinterpret_cast<pthread_mutex_t*>(mutex), moment));
}

}  // extern "C"

}  // namespace sandbox::time::preload
