#include "sandbox/filter/filter.hpp"

#include <asm/ioctls.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "sandbox/filter/policy.hpp"

using namespace sandbox;

namespace {

// What the kernel would answer, by the instructions that libseccomp emits (seccomp(2),
// linux/filter.h).
std::uint32_t evaluate(const FilterCode& code, const seccomp_data& data) {
  std::uint32_t accumulator = 0;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const sock_filter& op = code[at];
    switch (op.code) {
      case BPF_LD | BPF_W | BPF_ABS:
        REQUIRE(op.k + 4 <= sizeof data);
        std::memcpy(&accumulator, reinterpret_cast<const char*>(&data) + op.k, 4);
        break;
      case BPF_ALU | BPF_AND | BPF_K:
        accumulator &= op.k;
        break;
      case BPF_JMP | BPF_JA:
        at += op.k;
        break;
      case BPF_JMP | BPF_JEQ | BPF_K:
        at += accumulator == op.k ? op.jt : op.jf;
        break;
      case BPF_JMP | BPF_JGE | BPF_K:
        at += accumulator >= op.k ? op.jt : op.jf;
        break;
      case BPF_JMP | BPF_JGT | BPF_K:
        at += accumulator > op.k ? op.jt : op.jf;
        break;
      case BPF_RET | BPF_K:
        return op.k;
      default:
        FAIL("an instruction this evaluator does not know: " << op.code);
    }
  }
  FAIL("the filter runs over its end");
  return 0;
}

constexpr std::uint32_t kRefused = SECCOMP_RET_ERRNO | EPERM;
constexpr std::uint32_t kMissing = SECCOMP_RET_ERRNO | ENOSYS;

FilterCode compile(Profile profile, OnForbidden on_forbidden = OnForbidden::ask_listener) {
  auto code = compile_filter(profile, on_forbidden);
  REQUIRE_MESSAGE(code.has_value(), code.error().message());
  return *code;
}

std::uint32_t answer(const FilterCode& code, long number, std::uint64_t first = 0,
                     std::uint64_t second = 0) {
  seccomp_data data{};
  data.nr = static_cast<int>(number);
  data.arch = seccomp_arch_native();
  data.args[0] = first;
  data.args[1] = second;
  return evaluate(code, data);
}

}  // namespace

TEST_SUITE("sandbox/filter") {
  TEST_CASE(
      "every unconditional rule has its answer, by number, and everything else answers ENOSYS") {
    for (const Profile profile : kProfiles) {
      const FilterCode code = compile(profile);
      std::set<int> named;
      for (const Rule& rule : policy_for(profile)) {
        CAPTURE(rule.name);
        const int number = seccomp_syscall_resolve_name(std::string{rule.name}.c_str());
        CHECK(number != __NR_SCMP_ERROR);  // a typo, or older than this policy
        named.insert(number);
        if (number < 0 || rule.condition.kind != Condition::Kind::always) continue;
        switch (rule.answer) {
          case Answer::allow:
            CHECK(answer(code, number) == SECCOMP_RET_ALLOW);
            break;
          case Answer::refuse:
            CHECK(answer(code, number) == kRefused);
            break;
          case Answer::missing:
            CHECK(answer(code, number) == kMissing);
            break;
          case Answer::forbidden:
            CHECK(answer(code, number) == SECCOMP_RET_USER_NOTIF);
            break;
        }
      }
      for (int number = 0; number < 1024; ++number) {
        if (named.contains(number)) continue;
        CAPTURE(number);
        CHECK(answer(code, number) == kMissing);
      }
    }
  }

  TEST_CASE("no name stands in two lists") {
    for (const Profile profile : kProfiles) {
      std::set<std::string_view> names;
      for (const Rule& rule : policy_for(profile)) {
        if (rule.condition.kind != Condition::Kind::always) continue;
        CAPTURE(rule.name);
        CHECK(names.insert(rule.name).second);
      }
    }
  }

  TEST_CASE("clone makes threads and processes, never namespaces") {
    const FilterCode code = compile(Profile::node);
    CHECK(answer(code, SYS_clone, SIGCHLD) == SECCOMP_RET_ALLOW);
    CHECK(answer(code, SYS_clone, CLONE_VM | CLONE_THREAD | CLONE_SIGHAND | CLONE_SETTLS) ==
          SECCOMP_RET_ALLOW);
    for (const int name : {CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER,
                           CLONE_NEWPID, CLONE_NEWNET}) {
      CAPTURE(name);
      const auto flag = static_cast<std::uint64_t>(name);
      CHECK(answer(code, SYS_clone, flag | SIGCHLD) == kRefused);
      CHECK(answer(code, SYS_clone, flag | 0xFF00000000000000U) == kRefused);
    }
  }

  TEST_CASE("sockets are local ones, also when the upper half of the argument lies") {
    const FilterCode interpreter = compile(Profile::node);
    CHECK(answer(interpreter, SYS_socket, AF_UNIX) == SECCOMP_RET_ALLOW);
    CHECK(answer(interpreter, SYS_socketpair, AF_UNIX) == SECCOMP_RET_ALLOW);
    for (const int name : {AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_VSOCK}) {
      CAPTURE(name);
      const auto family = static_cast<std::uint64_t>(name);
      CHECK(answer(interpreter, SYS_socket, family) == kRefused);
      CHECK(answer(interpreter, SYS_socket, family | 0x100000000U) == kRefused);
    }
    CHECK(answer(compile(Profile::c), SYS_socket, AF_UNIX) == kRefused);
  }

  TEST_CASE("no keys are pushed into a terminal, also when the upper half of the request lies") {
    for (const Profile profile : kProfiles) {
      const FilterCode code = compile(profile);
      for (const std::uint64_t request : {std::uint64_t{TIOCSTI}, std::uint64_t{TIOCLINUX}}) {
        CHECK(answer(code, SYS_ioctl, 0, request) == kRefused);
        CHECK(answer(code, SYS_ioctl, 0, request | 0xABCD00000000U) == kRefused);
      }
      CHECK(answer(code, SYS_ioctl, 0, TCGETS) == SECCOMP_RET_ALLOW);
      CHECK(answer(code, SYS_ioctl, 0, FIONREAD) == SECCOMP_RET_ALLOW);
      CHECK(answer(code, SYS_read, 0, TIOCSTI) == SECCOMP_RET_ALLOW);
    }
  }

#if defined(__x86_64__)
  TEST_CASE("other entries than the native one end the process") {
    const FilterCode code = compile(Profile::c);
    seccomp_data data{};
    data.arch = AUDIT_ARCH_I386;
    for (const int number : {0, 1, 20, 54, 120, 1000}) {
      data.nr = number;
      data.args[1] = TIOCSTI;
      CHECK(evaluate(code, data) == SECCOMP_RET_KILL_PROCESS);
    }
    CHECK(answer(code, SYS_getpid | 0x40000000) == SECCOMP_RET_KILL_PROCESS);
  }
#endif

  TEST_CASE("without a listener, forbidden calls are the kernel's to end") {
    const FilterCode code = compile(Profile::c, OnForbidden::kill);
    CHECK(answer(code, SYS_mount) == SECCOMP_RET_KILL_PROCESS);
    CHECK(answer(code, SYS_ptrace) == kRefused);
  }

  TEST_CASE("system calls have their names") {
    CHECK(name_of_syscall(SYS_mount) == "mount");
    CHECK(name_of_syscall(9999) == "system call 9999");
  }
}
