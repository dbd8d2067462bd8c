#include "sandbox/time/preload/waiting.hpp"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>

#include "sandbox/time/preload/raw.hpp"

namespace sandbox::time::preload {
namespace {

// The C library's own signal (SIGSETXID of glibc): no program can block or handle it by way of the
// library, and its handler ignores what is not from there. So it does nothing but interrupt.
constexpr int kKick = 33;
constexpr std::uint64_t kKickAgain = 50'000;  // the signal may come before the thread blocks
constexpr std::size_t kStackSize = 64 * 1024;

// Held for some instructions, by nobody who waits.
class Lock {
 public:
  void take() {
    std::uint32_t free = 0;
    if (word_.compare_exchange_strong(free, 1, std::memory_order_acquire)) return;
    while (word_.exchange(2, std::memory_order_acquire) != 0) (void)futex(&word_, kWaitPrivate, 2);
  }
  void release() {
    if (word_.exchange(0, std::memory_order_release) == 2) (void)futex(&word_, kWakePrivate, 1);
  }
  void forget() { word_.store(0); }

 private:
  std::atomic<std::uint32_t> word_{0};
};

constinit Lock lock;
constinit Waiter* first = nullptr;
constinit Waiter alarm_waiter;
constinit std::uint64_t orders = 0;            // 0 is the alarm's
constinit const Waiter* kicked = nullptr;      // interrupted, and not gone yet
constinit std::atomic<std::uint32_t> gone{0};  // moved when that one has gone
constinit std::atomic<std::uint32_t> news{0};  // moved when the list has changed; not governed
constinit bool has_conductor = false;

bool is_before(const Waiter& a, const Waiter& b) {
  return a.deadline != b.deadline ? a.deadline < b.deadline : a.order < b.order;
}

Waiter* earliest() {
  Waiter* found = first;
  for (Waiter* each = first; each != nullptr; each = each->next) {
    if (is_before(*each, *found)) found = each;
  }
  return found;
}

void publish() {
  if (!is_governed()) {
    news.fetch_add(1);
    (void)futex(&news, kWakePrivate, 1);
    return;
  }
  const Waiter* const next = earliest();
  __atomic_store_n(&waits().next_ns, next == nullptr ? kNoMoment : next->deadline,
                   __ATOMIC_RELEASE);
}

void insert(Waiter& waiter) {
  waiter.next = first;
  first = &waiter;
}

void remove(Waiter& waiter) {
  for (Waiter** at = &first; *at != nullptr; at = &(*at)->next) {
    if (*at != &waiter) continue;
    *at = waiter.next;
    return;
  }
}

// The lock is held, and released meanwhile.
void interrupt(Waiter& waiter) {
  siginfo_t info{};
  info.si_signo = kKick;
  info.si_code = SI_QUEUE;
  const long process = raw(SYS_getpid);
  info.si_pid = static_cast<pid_t>(process);
  waiter.due.store(true);
  kicked = &waiter;
  for (std::uint64_t pause = kKickAgain; kicked == &waiter; pause += kKickAgain) {
    const std::uint32_t before = gone.load();
    (void)raw(SYS_rt_tgsigqueueinfo, process, waiter.thread, kKick, address(&info));
    lock.release();
    const timespec length = to_timespec(pause);
    (void)futex(&gone, kWaitPrivate, before, &length);
    lock.take();
  }
}

// One at a time: when that one has gone to rest again, the caller comes back for the next.
bool let_first_go_on() {
  lock.take();
  Waiter* const waiter = earliest();
  if (waiter == nullptr || waiter->deadline > monotonic()) {
    lock.release();
    return false;
  }
  const bool rings = waiter->thread == 0;
  if (rings && waiter->interval != 0) {
    waiter->deadline += waiter->interval;
  } else {
    remove(*waiter);
    if (rings) waiter->deadline = 0;
  }
  publish();
  if (!rings) interrupt(*waiter);
  lock.release();
  if (rings) (void)raw(SYS_kill, raw(SYS_getpid), SIGALRM);
  return true;
}

std::uint64_t until_next() {
  lock.take();
  const Waiter* const next = earliest();
  const std::uint64_t now = monotonic();
  const std::uint64_t deadline = next == nullptr ? now + 3600 * kBillion : next->deadline;
  lock.release();
  return deadline <= now ? 0 : deadline - now;
}

void* conduct(void*) {
  for (;;) {
    if (is_governed()) {
      const auto turn =
          static_cast<std::uint32_t>(__atomic_load_n(&waits().turn, __ATOMIC_ACQUIRE));
      (void)let_first_go_on();
      (void)futex(&waits().turn, FUTEX_WAIT, turn);
      continue;
    }
    const std::uint32_t before = news.load();
    while (let_first_go_on()) {
    }
    const timespec length = to_timespec(until_next());
    (void)futex(&news, kWaitPrivate, before, &length);
  }
}

[[noreturn]] void give_up(const char* why) {
  constexpr const char kBefore[] = "the clock cannot be kept: ";
  std::size_t size = 0;
  while (why[size] != '\0') ++size;
  (void)raw(SYS_write, 2, address(kBefore), sizeof kBefore - 1);
  (void)raw(SYS_write, 2, address(why), static_cast<long>(size));
  std::abort();
}

bool kick_would_end_process() {
  struct {
    long handler, flags, restorer, mask;
  } action{};
  return raw(SYS_rt_sigaction, kKick, 0, address(&action), sizeof action.mask) < 0 ||
         action.handler == 0;
}

// The lock is held. Without its conductor the process would wait for ever, or in real time.
void ensure_conductor() {
  if (has_conductor) return;
  has_conductor = true;
  pthread_attr_t attributes;
  sigset_t all;
  sigset_t mask;
  pthread_t thread{};
  (void)sigfillset(&all);
  (void)pthread_attr_init(&attributes);
  (void)pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  (void)pthread_attr_setstacksize(&attributes, kStackSize);
  (void)pthread_sigmask(SIG_SETMASK, &all, &mask);
  const int failed = pthread_create(&thread, &attributes, &conduct, nullptr);
  (void)pthread_sigmask(SIG_SETMASK, &mask, nullptr);
  (void)pthread_attr_destroy(&attributes);
  if (failed != 0) give_up("no thread can be started\n");
  if (kick_would_end_process()) give_up("the C library is an unknown one\n");
}

}  // namespace

void enter(Waiter& waiter) {
  if (waiter.thread == 0) waiter.thread = static_cast<int>(raw(SYS_gettid));
  lock.take();
  ensure_conductor();
  waiter.order = ++orders;
  insert(waiter);
  publish();
  lock.release();
  if (is_governed()) ring_caller();
}

void leave(Waiter& waiter) {
  lock.take();
  const bool due = waiter.due.load();
  if (!due) {
    remove(waiter);
    publish();
  } else {
    if (kicked == &waiter) kicked = nullptr;
    gone.fetch_add(1);
    (void)futex(&gone, kWakePrivate, 1);
  }
  lock.release();
  // The signal may be on its way still. It comes here then, and not to the program's next call.
  if (due) (void)raw(SYS_getppid);
}

Alarm current_alarm() {
  lock.take();
  const Alarm set{alarm_waiter.deadline, alarm_waiter.interval};
  lock.release();
  return set;
}

Alarm set_alarm(Alarm alarm) {
  lock.take();
  const Alarm before{alarm_waiter.deadline, alarm_waiter.interval};
  if (before.deadline != 0) remove(alarm_waiter);
  alarm_waiter.deadline = alarm.deadline;
  alarm_waiter.interval = alarm.interval;
  if (alarm.deadline != 0) {
    ensure_conductor();
    insert(alarm_waiter);
  }
  publish();
  lock.release();
  if (is_governed()) ring_caller();
  return before;
}

void before_fork() { lock.take(); }
void after_fork() { lock.release(); }

// Of the threads only this one is left, and it does not wait.
void after_fork_in_child() {
  first = nullptr;
  kicked = nullptr;
  alarm_waiter.deadline = 0;
  has_conductor = false;
  lock.forget();
  leave_clock();
}

}  // namespace sandbox::time::preload
