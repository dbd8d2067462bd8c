// System calls as the kernel takes them: no errno, no cancellation, nothing that is replaced here.
#pragma once

#include <linux/futex.h>
#include <sys/syscall.h>

#include <cstdint>
#include <ctime>

#if !defined(__x86_64__)
#error "the clock's library is written for x86-64"
#endif

namespace sandbox::time::preload {

// The result, or -errno.
inline long raw(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0,
                long f = 0) {
  long result = 0;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}

template <typename Pointee>
long address(Pointee* pointer) {
  return reinterpret_cast<long>(pointer);
}

// `operation`: FUTEX_WAIT or FUTEX_WAKE, with or without FUTEX_PRIVATE_FLAG.
inline long futex(const void* word, int operation, std::uint32_t value,
                  const timespec* limit = nullptr) {
  return raw(SYS_futex, address(word), operation, static_cast<long>(value), address(limit));
}

// As good as no limit, as a length and as a moment. A futex without one begins again after a signal
// (signal(7), SA_RESTART); with one it ends.
constexpr timespec kFarAway{std::int64_t{1} << 32, 0};

constexpr int kWaitPrivate = FUTEX_WAIT | FUTEX_PRIVATE_FLAG;
constexpr int kWakePrivate = FUTEX_WAKE | FUTEX_PRIVATE_FLAG;
constexpr std::uint32_t kAll = 0x7FFFFFFF;

}  // namespace sandbox::time::preload

// A function that programs find in place of the C library's `symbol`, whatever it is called here:
// so its declaration cannot contradict the one in the headers.
#define JUDGE_REPLACES(symbol) \
  __asm__(#symbol) __attribute__((visibility("default"), used, noinline))
