// The vDSO that programs under a virtual clock find in place of the kernel's: the same functions
// under the same names (vdso(7)), reading pages that the caller writes. Runs inside the program,
// without a libc, at any address: only what is in this file, and no data of its own.
#include <sys/syscall.h>

#include <cstdint>

#include "sandbox/time/clock_page.hpp"

#if !defined(__x86_64__)
#error "the replacement vDSO is written for x86-64"
#endif

// Placed by vdso.lds.
extern "C" {
extern __attribute__((visibility("hidden"))) sandbox::time::ClockPage judge_clock_page;
extern __attribute__((visibility("hidden"))) sandbox::time::SpinPage judge_spin_page;
}

namespace {

constexpr std::uint64_t kBillion = 1'000'000'000;

struct Timespec {
  std::int64_t seconds;
  std::int64_t nanoseconds;
};
struct Timeval {
  std::int64_t seconds;
  std::int64_t microseconds;
};

long call(long number, long a, long b) {
  long result = 0;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b) : "rcx", "r11", "memory");
  return result;
}

std::uint64_t monotonic() {
  using namespace sandbox::time;
  const std::uint64_t reads = __atomic_fetch_add(&judge_spin_page.reads, 1, __ATOMIC_RELAXED);
  const std::uint64_t spun =
      reads < kFreeReads
          ? __atomic_load_n(&judge_spin_page.spun_ns, __ATOMIC_RELAXED)
          : __atomic_add_fetch(&judge_spin_page.spun_ns, kNanosecondsPerRead, __ATOMIC_RELAXED);
  return __atomic_load_n(&judge_clock_page.monotonic_ns, __ATOMIC_ACQUIRE) + spun;
}

std::uint64_t realtime() {
  return monotonic() + __atomic_load_n(&judge_clock_page.realtime_ns, __ATOMIC_RELAXED);
}

}  // namespace

extern "C" {

int __vdso_clock_gettime(int clock, Timespec* time);
int __vdso_gettimeofday(Timeval* time, void* zone);
long __vdso_time(long* time);
int __vdso_clock_getres(int clock, Timespec* resolution);
long __vdso_getcpu(unsigned* cpu, unsigned* node, void*);

// The numbers of clock_gettime(2); what is not here measures a processor, or does not exist.
int __vdso_clock_gettime(int clock, Timespec* time) {
  std::uint64_t now = 0;
  switch (clock) {
    case 0:   // CLOCK_REALTIME
    case 5:   // CLOCK_REALTIME_COARSE
    case 8:   // CLOCK_REALTIME_ALARM
    case 11:  // CLOCK_TAI, which nobody has set: no leap seconds
      now = realtime();
      break;
    case 1:  // CLOCK_MONOTONIC
    case 4:  // CLOCK_MONOTONIC_RAW
    case 6:  // CLOCK_MONOTONIC_COARSE
    case 7:  // CLOCK_BOOTTIME
    case 9:  // CLOCK_BOOTTIME_ALARM
      now = monotonic();
      break;
    default:
      return static_cast<int>(call(SYS_clock_gettime, clock, reinterpret_cast<long>(time)));
  }
  *time = {static_cast<std::int64_t>(now / kBillion), static_cast<std::int64_t>(now % kBillion)};
  return 0;
}

int __vdso_gettimeofday(Timeval* time, void*) {
  if (time == nullptr) return 0;
  const std::uint64_t now = realtime();
  *time = {static_cast<std::int64_t>(now / kBillion),
           static_cast<std::int64_t>(now % kBillion / 1000)};
  return 0;
}

long __vdso_time(long* time) {
  const auto now = static_cast<long>(realtime() / kBillion);
  if (time != nullptr) *time = now;
  return now;
}

int __vdso_clock_getres(int clock, Timespec* resolution) {
  return static_cast<int>(call(SYS_clock_getres, clock, reinterpret_cast<long>(resolution)));
}

long __vdso_getcpu(unsigned* cpu, unsigned* node, void*) {
  return call(SYS_getcpu, reinterpret_cast<long>(cpu), reinterpret_cast<long>(node));
}

}  // extern "C"
