#include "sandbox/time/preload/clock.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>

#include "sandbox/time/preload/raw.hpp"
#include "sandbox/time/preload/waiting.hpp"

namespace sandbox::time::preload {
namespace {

struct State {
  const ClockPage* page = nullptr;
  WaitPage* waits = nullptr;
  int bell = -1;
  bool governed = false;
  std::uint64_t ahead = 0;  // not governed: of the kernel's CLOCK_MONOTONIC, modulo 2^64
};

constinit State state;
constinit std::atomic<int> started{0};  // 1: under way, 2: done

std::uint64_t read_kernel(clockid_t clock) {
  timespec now{};
  (void)raw(SYS_clock_gettime, clock, address(&now));
  return static_cast<std::uint64_t>(now.tv_sec) * kBillion +
         static_cast<std::uint64_t>(now.tv_nsec);
}

std::uint64_t read_page() {
  SpinPage& spin = *state.waits;
  const std::uint64_t reads = __atomic_fetch_add(&spin.reads, 1, __ATOMIC_RELAXED);
  const std::uint64_t spun =
      reads < kFreeReads ? __atomic_load_n(&spin.spun_ns, __ATOMIC_RELAXED)
                         : __atomic_add_fetch(&spin.spun_ns, kNanosecondsPerRead, __ATOMIC_RELAXED);
  return __atomic_load_n(&state.page->monotonic_ns, __ATOMIC_ACQUIRE) + spun;
}

void* map(long fd, int protection) {
  const long at = raw(SYS_mmap, 0, kPageSize, protection, MAP_SHARED, fd, 0);
  return at < 0 && at > -4096 ? nullptr : reinterpret_cast<void*>(at);
}

// Three numbers of descriptors: the clock's page, the run's, the bell.
bool find_pages() {
  const char* text = std::getenv("SANDBOX_CLOCK");
  if (text == nullptr) return false;
  long numbers[3] = {};
  for (long& number : numbers) {
    char* end = nullptr;
    number = std::strtol(text, &end, 10);
    if (end == text || number < 3) return false;
    text = *end == ',' ? end + 1 : end;
  }
  // Another file may stand there by now: one that is shorter than its map is a SIGBUS.
  for (int i = 0; i < 2; ++i) {
    if (raw(SYS_lseek, numbers[i], 0, SEEK_END) < static_cast<long>(kPageSize)) return false;
  }
  auto* const waits = static_cast<WaitPage*>(map(numbers[1], PROT_READ | PROT_WRITE));
  if (waits == nullptr || waits->magic != kWaitMagic) return false;
  const auto* const page = static_cast<const ClockPage*>(map(numbers[0], PROT_READ));
  if (page == nullptr) return false;
  state.page = page;
  state.waits = waits;
  state.bell = static_cast<int>(numbers[2]);
  return true;
}

void start() {
  if (find_pages()) {
    const auto self = static_cast<std::uint64_t>(raw(SYS_getpid));
    std::uint64_t owner = 0;
    state.governed = __atomic_compare_exchange_n(&state.waits->owner, &owner, self, false,
                                                 __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE) ||
                     owner == self;  // what was executed in place of a governed program
    state.ahead = read_page() - read_kernel(CLOCK_MONOTONIC);
    if (state.governed) __atomic_store_n(&state.waits->next_ns, kNoMoment, __ATOMIC_RELEASE);
  }
  (void)::pthread_atfork(&before_fork, &after_fork, &after_fork_in_child);
}

// Other libraries may ask for the time before this one's constructor has run.
void ensure_started() {
  if (started.load(std::memory_order_acquire) == 2) return;
  int none = 0;
  if (started.compare_exchange_strong(none, 1)) {
    start();
    started.store(2, std::memory_order_release);
  }
  while (started.load(std::memory_order_acquire) != 2) (void)raw(SYS_sched_yield);
}

__attribute__((constructor)) void take_over() { ensure_started(); }

}  // namespace

bool is_governed() {
  ensure_started();
  return state.governed;
}

WaitPage& waits() { return *state.waits; }

// An empty message: to a socket that stands there by mistake it says nothing, to a file even less.
void ring_caller() {
  (void)raw(SYS_sendto, state.bell, address(""), 0, MSG_DONTWAIT | MSG_NOSIGNAL, 0, 0);
}

std::uint64_t monotonic() {
  if (is_governed()) return read_page();
  return read_kernel(CLOCK_MONOTONIC) + state.ahead;
}

std::uint64_t realtime() {
  if (is_governed() || state.page != nullptr) return monotonic() + state.page->realtime_ns;
  return read_kernel(CLOCK_REALTIME);
}

ClockKind kind_of(clockid_t clock) {
  switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_REALTIME_ALARM:
    case CLOCK_TAI:
      return ClockKind::realtime;
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_BOOTTIME:
    case CLOCK_BOOTTIME_ALARM:
      return ClockKind::monotonic;
    default:
      return ClockKind::processor;
  }
}

std::uint64_t on_monotonic(ClockKind kind, std::uint64_t moment) {
  if (kind != ClockKind::realtime) return moment;
  const std::uint64_t more = realtime() - monotonic();
  return moment < more ? 0 : moment - more;
}

std::uint64_t from_now(std::uint64_t length) {
  const std::uint64_t now = monotonic();
  return length > kNoMoment - 1 - now ? kNoMoment - 1 : now + length;
}

std::uint64_t to_nanoseconds(const timespec& time) {
  constexpr std::uint64_t kMost = kNoMoment / 2;
  const auto seconds = static_cast<std::uint64_t>(time.tv_sec);
  if (seconds >= kMost / kBillion) return kMost;
  return seconds * kBillion + static_cast<std::uint64_t>(time.tv_nsec);
}

timespec to_timespec(std::uint64_t nanoseconds) {
  return {static_cast<time_t>(nanoseconds / kBillion), static_cast<long>(nanoseconds % kBillion)};
}

long say(long result) {
  if (result >= 0 || result < -4095) return result;
  errno = static_cast<int>(-result);
  return -1;
}

// From here on time flows from where it stands.
void leave_clock() {
  if (!state.governed) return;
  state.ahead = read_page() - read_kernel(CLOCK_MONOTONIC);
  state.governed = false;
}

}  // namespace sandbox::time::preload
