#include <linux/futex.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <cerrno>
#include <csignal>
#include <ctime>

#include <doctest/doctest.h>

#include "sandbox/filter/filter.hpp"
#include "sandbox/time/timed_calls.hpp"
#include "tests/sandbox/filter/interpreter.hpp"

using namespace sandbox;
using namespace sandbox::test;

namespace {

constexpr std::uint32_t kAsked = SECCOMP_RET_USER_NOTIF;
constexpr std::uint32_t kAllowed = SECCOMP_RET_ALLOW;
constexpr std::uint64_t kPointer = 0x7FFF00000000;  // its lower half is 0

FilterCode compile(Profile profile, bool clocked) {
  auto code = clocked ? compile_filter(profile, OnForbidden::ask_listener, time::special_calls())
                      : compile_filter(profile, OnForbidden::ask_listener);
  REQUIRE_MESSAGE(code.has_value(), code.error().message());
  return *code;
}

std::uint32_t answer(long number, const Arguments& arguments) {
  static const FilterCode code = compile(Profile::node, true);
  return evaluate(code, static_cast<int>(number), arguments).answer;
}

std::uint64_t number(int value) { return static_cast<std::uint32_t>(value); }

}  // namespace

TEST_CASE("a wait is asked about when it has a time limit, and else left to the kernel") {
  for (const long call : {SYS_epoll_wait, SYS_epoll_pwait}) {
    CHECK(answer(call, {3, 0, 1, 1000}) == kAsked);
    CHECK(answer(call, {3, 0, 1, 0}) == kAllowed);
    CHECK(answer(call, {3, 0, 1, number(-1)}) == kAllowed);
  }
  CHECK(answer(SYS_poll, {0, 0, 5}) == kAsked);
  CHECK(answer(SYS_poll, {0, 0, number(-1)}) == kAllowed);
  for (const auto& [call, argument] :
       {std::pair{SYS_select, 4}, std::pair{SYS_pselect6, 4}, std::pair{SYS_ppoll, 2},
        std::pair{SYS_epoll_pwait2, 3}, std::pair{SYS_rt_sigtimedwait, 2}}) {
    Arguments arguments{};
    CHECK(answer(call, arguments) == kAllowed);
    arguments.at(static_cast<std::size_t>(argument)) = kPointer;
    CHECK(answer(call, arguments) == kAsked);
    arguments.at(static_cast<std::size_t>(argument)) = 8;
    CHECK(answer(call, arguments) == kAsked);
  }
  CHECK(answer(SYS_nanosleep, {}) == kAsked);
}

TEST_CASE("of futexes only timed waiting is asked about") {
  for (const int operation : {FUTEX_WAIT, FUTEX_WAIT_BITSET, FUTEX_WAIT_PRIVATE, FUTEX_LOCK_PI,
                              FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME}) {
    CHECK(answer(SYS_futex, {0, number(operation), 0, kPointer}) == kAsked);
    CHECK(answer(SYS_futex, {0, number(operation), 0, 0}) == kAllowed);
  }
  // The fourth argument of these is a number.
  for (const int operation : {FUTEX_WAKE, FUTEX_REQUEUE, FUTEX_WAKE_OP_PRIVATE}) {
    CHECK(answer(SYS_futex, {0, number(operation), 0, 7}) == kAllowed);
  }
}

TEST_CASE("clocks are asked about unless they measure a processor") {
  for (const int clock : {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME, CLOCK_TAI}) {
    CHECK(answer(SYS_clock_gettime, {number(clock)}) == kAsked);
  }
  for (const int clock : {CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID, -6}) {
    CHECK(answer(SYS_clock_gettime, {number(clock)}) == kAllowed);
  }
}

TEST_CASE("a new process is asked about, a new thread is not") {
  CHECK(answer(SYS_clone, {SIGCHLD}) == kAsked);
  CHECK(answer(SYS_clone, {CLONE_VM | CLONE_VFORK | SIGCHLD}) == kAsked);
  CHECK(answer(SYS_clone, {CLONE_VM | CLONE_THREAD | CLONE_SIGHAND}) == kAllowed);
}

TEST_CASE("what the policy does not allow is never asked about") {
  CHECK(answer(SYS_clone, {CLONE_NEWUSER | SIGCHLD}) == (SECCOMP_RET_ERRNO | EPERM));
  CHECK(answer(SYS_clone, {CLONE_NEWPID | CLONE_THREAD}) == (SECCOMP_RET_ERRNO | EPERM));
  // Nowhere is a call allowed under a clock that is not allowed without.
  for (const Profile profile : kProfiles) {
    const FilterCode plain = compile(profile, false);
    const FilterCode clocked = compile(profile, true);
    for (int call = 0; call < 1024; ++call) {
      for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{2},
                                        std::uint64_t{CLONE_NEWNS}, std::uint64_t{0xFFFFFFFF}}) {
        const Arguments arguments{value, value, value, value, value, value};
        const std::uint32_t before = evaluate(plain, call, arguments).answer;
        const std::uint32_t after = evaluate(clocked, call, arguments).answer;
        if (before != kAllowed) CHECK(after == before);
        if (before == kAllowed && after != kAllowed && after != kAsked) {
          CHECK((after & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO);
        }
      }
    }
  }
}

TEST_CASE("timers that the kernel keeps and time limits of sockets are missing") {
  CHECK(answer(SYS_timerfd_create, {}) == (SECCOMP_RET_ERRNO | ENOSYS));
  CHECK(answer(SYS_timer_create, {}) == (SECCOMP_RET_ERRNO | ENOSYS));
  CHECK(answer(SYS_setsockopt, {3, SOL_SOCKET, SO_RCVTIMEO}) == (SECCOMP_RET_ERRNO | ENOPROTOOPT));
  CHECK(answer(SYS_setsockopt, {3, SOL_SOCKET, SO_RCVBUF}) == kAllowed);
  CHECK(answer(SYS_setsockopt, {3, 6, SO_RCVTIMEO}) == kAllowed);
}
