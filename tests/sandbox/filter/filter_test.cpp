#include "sandbox/filter/filter.hpp"

#include <asm/ioctls.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <string>

#include <doctest/doctest.h>

#include "sandbox/filter/policy.hpp"
#include "tests/sandbox/filter/interpreter.hpp"

using namespace sandbox;
using namespace sandbox::test;

namespace {

constexpr int kAboveAll = 1024;
constexpr std::uint32_t kAllowed = SECCOMP_RET_ALLOW;
constexpr std::uint32_t kRefused = SECCOMP_RET_ERRNO | EPERM;
constexpr std::uint32_t kMissing = SECCOMP_RET_ERRNO | ENOSYS;
constexpr std::uint32_t kForbidden = SECCOMP_RET_USER_NOTIF;

// What somebody writes into the upper half of an argument whose lower half is looked at.
constexpr std::array<std::uint64_t, 4> kLies = {0, 0x100000000, 0xFFFFFFFF00000000,
                                                0xABCD000000000000};

FilterCode compile(Profile profile, OnForbidden on_forbidden = OnForbidden::ask_listener) {
  auto code = compile_filter(profile, on_forbidden);
  REQUIRE_MESSAGE(code.has_value(), code.error().message());
  return *code;
}

std::uint32_t answer(const FilterCode& code, long number, const Arguments& arguments = {}) {
  return evaluate(code, static_cast<int>(number), arguments).answer;
}

// The answer where `value` is the argument, which must be the same under every lie.
std::uint32_t answer_to(const FilterCode& code, long number, std::size_t argument, long value) {
  Arguments arguments{};
  arguments.at(argument) = static_cast<std::uint32_t>(value);
  const std::uint32_t found = answer(code, number, arguments);
  for (const std::uint64_t lie : kLies) {
    arguments.at(argument) = lie | static_cast<std::uint32_t>(value);
    CHECK(answer(code, number, arguments) == found);
  }
  return found;
}

}  // namespace

TEST_SUITE("sandbox/filter") {
  TEST_CASE("each call answers as the rules say, and what no rule names is missing") {
    for (const Profile profile : kProfiles) {
      CAPTURE(name_of(profile));
      const FilterCode code = compile(profile);
      std::array<std::uint32_t, kAboveAll> expected{};
      expected.fill(kMissing);
      const auto rules = policy_for(profile);
      REQUIRE(rules.has_value());
      for (const Rule& rule : *rules) {
        if (rule.number < 0) continue;
        const std::array<std::uint32_t, 4> answers = {kAllowed, kRefused, kMissing, kForbidden};
        expected.at(static_cast<std::size_t>(rule.number)) =
            rule.condition ? 0 : answers.at(static_cast<std::size_t>(rule.answer));
      }
      for (int number = 0; number < kAboveAll; ++number) {
        const std::uint32_t wanted = expected.at(static_cast<std::size_t>(number));
        CAPTURE(number);
        if (wanted != 0) CHECK(answer(code, number) == wanted);
      }
    }
  }

  TEST_CASE("no answer hangs on the upper half of an argument") {
    const Arguments lower = {1, 2, 3, 4, 5, 6};
    for (const Profile profile : kProfiles) {
      const FilterCode code = compile(profile);
      for (int number = 0; number < kAboveAll; ++number) {
        for (const std::uint64_t lie : kLies) {
          Arguments lying = lower;
          for (std::uint64_t& argument : lying) argument |= lie;
          CAPTURE(number);
          CHECK(answer(code, number, lying) == answer(code, number, lower));
        }
      }
    }
  }

  TEST_CASE("a filter is small, and each call is decided in few instructions") {
    int longest = 0;
    std::size_t largest = 0;
    for (const Profile profile : kProfiles) {
      const FilterCode code = compile(profile);
      largest = std::max(largest, code.size());
      for (int number = 0; number < kAboveAll; ++number) {
        for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{0x5A5A5A5A}}) {
          const Evaluation evaluation =
              evaluate(code, number, {value, value, value, value, value, value});
          CHECK_FALSE(evaluation.sees_upper_half);
          longest = std::max(longest, evaluation.instructions);
        }
      }
    }
    MESSAGE("at most " << largest << " instructions, of which a call runs at most " << longest);
    CHECK(largest <= 4096);  // BPF_MAXINSNS
    CHECK(longest <= 40);
  }

  TEST_CASE("compiling all profiles takes milliseconds") {
    const auto start = std::chrono::steady_clock::now();
    for (const Profile profile : kProfiles) (void)compile(profile);
    const std::chrono::duration<double, std::milli> taken =
        std::chrono::steady_clock::now() - start;
    MESSAGE("all profiles compiled in " << taken.count() << " ms");
    CHECK(taken.count() < 1000);  // a bound for a busy machine and sanitizers, not the figure
  }

  TEST_CASE("what only an attack does is forbidden everywhere") {
    for (const Profile profile : kProfiles) {
      CAPTURE(name_of(profile));
      const FilterCode code = compile(profile);
      for (const int number : {
             SYS_acct, SYS_bpf, SYS_delete_module, SYS_finit_module, SYS_fsconfig, SYS_fsmount,
                 SYS_fsopen, SYS_fspick, SYS_init_module, SYS_kexec_load, SYS_mount,
                 SYS_mount_setattr, SYS_move_mount, SYS_open_tree, SYS_open_by_handle_at,
                 SYS_pivot_root, SYS_quotactl, SYS_quotactl_fd, SYS_reboot, SYS_process_vm_writev,
                 SYS_setns, SYS_swapoff, SYS_swapon, SYS_umount2,
#if defined(__x86_64__)
                 SYS_ioperm, SYS_iopl, SYS_kexec_file_load
#endif
           }) {
        CAPTURE(name_of_syscall(number));
        CHECK(answer(code, number) == kForbidden);
      }
    }
  }

  TEST_CASE("what right programs try is refused or missing, and does not end them") {
    for (const Profile profile : kProfiles) {
      CAPTURE(name_of(profile));
      const FilterCode code = compile(profile);
      for (const int number : {SYS_ptrace,          SYS_process_vm_readv, SYS_kcmp,
                               SYS_pidfd_getfd,     SYS_unshare,          SYS_chroot,
                               SYS_perf_event_open, SYS_userfaultfd,      SYS_sched_setaffinity,
                               SYS_sched_setattr,   SYS_add_key,          SYS_keyctl,
                               SYS_request_key,     SYS_seccomp,          SYS_clock_settime,
                               SYS_fanotify_init,   SYS_set_mempolicy,    SYS_move_pages,
                               SYS_vmsplice,        SYS_setgroups}) {
        CAPTURE(name_of_syscall(number));
        CHECK(answer(code, number) == kRefused);
      }
      for (const int number :
           {SYS_clone3, SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
            SYS_memfd_create, SYS_memfd_secret, SYS_shmget, SYS_shmat, SYS_msgget, SYS_semget,
            SYS_mq_open, SYS_io_setup, SYS_io_submit, SYS_sync, SYS_syncfs,
            SYS_landlock_create_ruleset}) {
        CAPTURE(name_of_syscall(number));
        CHECK(answer(code, number) == kMissing);
      }
    }
  }

  TEST_CASE("what every runtime stands on is allowed everywhere") {
    for (const Profile profile : kProfiles) {
      CAPTURE(name_of(profile));
      const FilterCode code = compile(profile);
      for (const int number : {SYS_read,
                               SYS_write,
                               SYS_openat,
                               SYS_statx,
                               SYS_mmap,
                               SYS_futex,
                               SYS_execve,
                               SYS_exit_group,
                               SYS_getrandom,
                               SYS_epoll_create1,
                               SYS_eventfd2,
                               SYS_timerfd_create,
                               SYS_signalfd4,
                               SYS_rseq,
                               SYS_set_robust_list,
                               SYS_sched_getaffinity,
                               SYS_pidfd_open,
                               SYS_wait4,
                               SYS_pipe2,
                               SYS_prlimit64,
                               SYS_copy_file_range,
                               SYS_membarrier,
                               SYS_recvmsg,
                               SYS_flock,
                               SYS_setpriority}) {
        CAPTURE(name_of_syscall(number));
        CHECK(answer(code, number) == kAllowed);
      }
      CHECK(answer_to(code, SYS_clone, 0, SIGCHLD) == kAllowed);
      CHECK(answer_to(code, SYS_socketpair, 0, AF_UNIX) == kAllowed);
    }
  }

  TEST_CASE("clone makes threads and processes, never namespaces") {
    for (const Profile profile : kProfiles) {
      const FilterCode code = compile(profile);
      CHECK(answer_to(code, SYS_clone, 0, CLONE_VM | CLONE_VFORK | SIGCHLD) == kAllowed);
      CHECK(answer_to(code, SYS_clone, 0, CLONE_VM | CLONE_THREAD | CLONE_SIGHAND) == kAllowed);
      CHECK(answer_to(code, SYS_clone, 0, CLONE_PIDFD | SIGCHLD) == kAllowed);
      for (const long flag : {CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC,
                              CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET}) {
        CAPTURE(flag);
        CHECK(answer_to(code, SYS_clone, 0, flag) == kRefused);
        CHECK(answer_to(code, SYS_clone, 0, flag | SIGCHLD | CLONE_VM) == kRefused);
      }
    }
  }

  TEST_CASE("sockets are local ones, and by address only where event loops need them") {
    for (const Profile profile : kProfiles) {
      CAPTURE(name_of(profile));
      const FilterCode code = compile(profile);
      const bool strict = profile == Profile::c || profile == Profile::cpp ||
                          profile == Profile::rust || profile == Profile::compile;
      const std::uint32_t local = strict ? kRefused : kAllowed;
      CHECK(answer_to(code, SYS_socket, 0, AF_UNIX) == local);
      for (const int number : {SYS_bind, SYS_connect, SYS_listen, SYS_accept4}) {
        CHECK(answer(code, number) == local);
      }
      for (const long family :
           {AF_UNSPEC, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_ALG, AF_VSOCK, 1 << 16}) {
        CAPTURE(family);
        CHECK(answer_to(code, SYS_socket, 0, family) == kRefused);
        CHECK(answer_to(code, SYS_socketpair, 0, family) == kRefused);
      }
    }
  }

  TEST_CASE("no keys are pushed into a terminal, and no line discipline is loaded") {
    for (const Profile profile : kProfiles) {
      const FilterCode code = compile(profile);
      for (const long request : {TIOCSTI, TIOCLINUX, TIOCSETD}) {
        CHECK(answer_to(code, SYS_ioctl, 1, request) == kRefused);
      }
      for (const long request : {TCGETS, FIONREAD, FIONBIO, TIOCGWINSZ, 0}) {
        CHECK(answer_to(code, SYS_ioctl, 1, request) == kAllowed);
      }
      CHECK(answer_to(code, SYS_ioctl, 0, TIOCSTI) == kAllowed);  // a descriptor, not a request
    }
  }

  TEST_CASE("files have locks, but no leases and no notifications") {
    for (const Profile profile : kProfiles) {
      const FilterCode code = compile(profile);
      for (const long command : {1024, 1026}) {  // F_SETLEASE, F_NOTIFY
        CHECK(answer_to(code, SYS_fcntl, 1, command) == kRefused);
      }
      for (const long command : {F_DUPFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW}) {
        CHECK(answer_to(code, SYS_fcntl, 1, command) == kAllowed);
      }
      CHECK(answer_to(code, SYS_fcntl, 1, 1030) == kAllowed);  // F_DUPFD_CLOEXEC
      CHECK(answer_to(code, SYS_fcntl, 1, 37) == kAllowed);    // F_OFD_SETLK
    }
  }

  TEST_CASE("a program's own attributes are its own, but for the dangerous ones") {
    for (const Profile profile : kProfiles) {
      const FilterCode code = compile(profile);
      constexpr long kSetMemoryMerge = 67;
      for (const long option :
           {long{PR_SET_MM}, long{PR_SET_PTRACER}, long{PR_SET_SECCOMP}, long{PR_SCHED_CORE},
            long{PR_SET_SPECULATION_CTRL}, kSetMemoryMerge}) {
        CAPTURE(option);
        CHECK(answer_to(code, SYS_prctl, 0, option) == kRefused);
      }
      constexpr long kSetVma = 0x53564d41;
      for (const long option : {long{PR_SET_NAME}, long{PR_SET_PDEATHSIG}, long{PR_SET_DUMPABLE},
                                long{PR_GET_SECCOMP}, kSetVma}) {
        CAPTURE(option);
        CHECK(answer_to(code, SYS_prctl, 0, option) == kAllowed);
      }
    }
  }

  TEST_CASE("personality, scheduling policy and memory advice stay with the harmless values") {
    for (const Profile profile : kProfiles) {
      const FilterCode code = compile(profile);
      for (const long value : {0L, 0xFFFFFFFFL, 0x40000L}) {  // the last: ADDR_NO_RANDOMIZE
        CHECK(answer_to(code, SYS_personality, 0, value) == kAllowed);
      }
      // READ_IMPLIES_EXEC alone, with ADDR_NO_RANDOMIZE, another system's calls
      for (const long value : {0x400000L, 0x440000L, 8L}) {
        CHECK(answer_to(code, SYS_personality, 0, value) == kRefused);
      }
      CHECK(answer_to(code, SYS_sched_setscheduler, 1, 0) == kAllowed);
      CHECK(answer_to(code, SYS_sched_setscheduler, 1, SCHED_FIFO) == kRefused);
      CHECK(answer_to(code, SYS_sched_setscheduler, 1, SCHED_RR) == kRefused);
      CHECK(answer_to(code, SYS_madvise, 2, MADV_DONTNEED) == kAllowed);
      CHECK(answer_to(code, SYS_madvise, 2, 12) == kRefused);  // MADV_MERGEABLE
    }
  }

  TEST_CASE("files are watched where a standard library does it") {
    for (const Profile profile : kProfiles) {
      CAPTURE(name_of(profile));
      const bool watches = profile == Profile::node || profile == Profile::java;
      CHECK(answer(compile(profile), SYS_inotify_init1) == (watches ? kAllowed : kMissing));
    }
  }

  TEST_CASE("C, C++ and Rust have the same filter") {
    const FilterCode code = compile(Profile::c);
    for (const Profile profile : {Profile::cpp, Profile::rust}) {
      const FilterCode other = compile(profile);
      for (int number = 0; number < kAboveAll; ++number) {
        CHECK(answer(code, number) == answer(other, number));
      }
    }
  }

#if defined(__x86_64__)
  TEST_CASE("other entries than the native one are forbidden, whatever is called") {
    constexpr int kX32 = 0x40000000;
    for (const Profile profile : kProfiles) {
      const FilterCode code = compile(profile);
      for (int number = 0; number < kAboveAll; ++number) {
        seccomp_data data{};
        data.nr = number;
        data.arch = AUDIT_ARCH_I386;
        CAPTURE(number);
        CHECK(evaluate(code, data).answer == kForbidden);
        data.arch = AUDIT_ARCH_AARCH64;
        CHECK(evaluate(code, data).answer == kForbidden);
        CHECK(answer(code, number | kX32) == kForbidden);
      }
    }
  }

  TEST_CASE("the table of calls has no hole at its ends") {
    const FilterCode code = compile(Profile::c);
    CHECK(answer(code, 0) == kAllowed);  // read
    CHECK(answer(code, 1) == kAllowed);  // write
    for (const int number : {335, 423, 500, 1023, 1024, 0x3FFFFFFF}) {
      CAPTURE(number);
      CHECK(answer(code, number) == kMissing);
    }
    for (const int number : {0x40000000, 0x7FFFFFFF, -2147483647 - 1, -2}) {
      CAPTURE(number);
      CHECK(answer(code, number) == kForbidden);
    }
    CHECK(answer(code, -1) == kMissing);  // what a tracer writes to skip a call
  }
#endif

  TEST_CASE("without a listener, forbidden calls are the kernel's to end") {
    for (const Profile profile : kProfiles) {
      const FilterCode code = compile(profile, OnForbidden::kill);
      const FilterCode asking = compile(profile);
      for (int number = 0; number < kAboveAll; ++number) {
        const std::uint32_t asked = answer(asking, number);
        CHECK(answer(code, number) == (asked == kForbidden ? SECCOMP_RET_KILL_PROCESS : asked));
      }
      seccomp_data foreign{};
      foreign.arch = AUDIT_ARCH_I386;
      CHECK(evaluate(code, foreign).answer == SECCOMP_RET_KILL_PROCESS);
    }
  }

  TEST_CASE("system calls have their names") {
#if defined(__x86_64__)
    constexpr std::uint32_t kNative = AUDIT_ARCH_X86_64;
#else
    constexpr std::uint32_t kNative = AUDIT_ARCH_AARCH64;
#endif
    CHECK(name_of_syscall(SYS_mount) == "mount");
    CHECK(name_of_syscall(9999) == "system call 9999");
    CHECK(name_of_call(kNative, SYS_mount) == "mount");
    CHECK(name_of_call(AUDIT_ARCH_I386, 1) == "foreign entry");
    CHECK(name_of_call(kNative, 0x40000000 | SYS_mount) == "foreign entry");
  }
}
