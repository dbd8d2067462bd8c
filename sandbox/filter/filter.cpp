#include "sandbox/filter/filter.hpp"

#include <asm/ioctls.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "sandbox/base/io.hpp"
#include "sandbox/base/unique_fd.hpp"
#include "sandbox/filter/policy.hpp"

namespace sandbox {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kNativeArch = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kNativeArch = AUDIT_ARCH_AARCH64;
#else
#error "the filter knows x86-64 and AArch64"
#endif

struct ReleaseContext {
  void operator()(void* context) const { seccomp_release(context); }
};
using Context = std::unique_ptr<void, ReleaseContext>;

std::uint32_t action_for(Answer answer, OnForbidden on_forbidden) {
  switch (answer) {
    case Answer::allow:
      return SCMP_ACT_ALLOW;
    case Answer::refuse:
      return SCMP_ACT_ERRNO(EPERM);
    case Answer::missing:
      return SCMP_ACT_ERRNO(ENOSYS);
    case Answer::forbidden:
      break;
  }
  return on_forbidden == OnForbidden::kill ? SCMP_ACT_KILL_PROCESS : SCMP_ACT_NOTIFY;
}

base::Status check(int result, std::string_view what) {
  if (result == 0) return {};
  return base::system_failure("sandbox: libseccomp: " + std::string{what}, -result);
}

base::Status add(const Context& context, std::uint32_t action, int number, const Rule& rule) {
  const Condition& condition = rule.condition;
  const auto add_one = [&](scmp_arg_cmp comparison) {
    return check(seccomp_rule_add_array(context.get(), action, number, 1, &comparison), rule.name);
  };
  switch (condition.kind) {
    case Condition::Kind::always:
      return check(seccomp_rule_add_array(context.get(), action, number, 0, nullptr), rule.name);
    case Condition::Kind::equals:
      // The kernel takes an int: what stands in the upper half must not make a difference.
      return add_one({condition.argument, SCMP_CMP_MASKED_EQ, 0xFFFFFFFF, condition.value});
    case Condition::Kind::differs:
      return add_one({condition.argument, SCMP_CMP_NE, condition.value, 0});
    case Condition::Kind::no_bits:
      return add_one({condition.argument, SCMP_CMP_MASKED_EQ, condition.value, 0});
    case Condition::Kind::any_bit:
      break;
  }
  for (std::uint64_t bit = 1; bit != 0; bit <<= 1U) {
    if ((condition.value & bit) == 0) continue;
    JUDGE_TRY_VOID(add_one({condition.argument, SCMP_CMP_MASKED_EQ, bit, bit}));
  }
  return {};
}

base::Result<FilterCode> export_code(const Context& context) {
  const base::UniqueFd file{::memfd_create("filter", MFD_CLOEXEC)};
  if (!file.is_open()) return base::system_failure("memfd_create", errno);
  JUDGE_TRY_VOID(check(seccomp_export_bpf(context.get(), file.get()), "export"));
  struct stat about {};
  if (::fstat(file.get(), &about) < 0) return base::system_failure("fstat", errno);
  const auto size = static_cast<std::size_t>(about.st_size);
  JUDGE_TRY(const std::string bytes, base::read_from_start(file.get(), size));
  FilterCode code(size / sizeof(sock_filter));
  std::memcpy(code.data(), bytes.data(), code.size() * sizeof(sock_filter));
  return code;
}

// Refuses the two ioctls that push keys into a terminal (the second on consoles). libseccomp cannot
// express "all but these two of the lower 32 bits", so the check stands in front of its code; jumps
// are relative, nothing else moves.
void put_terminal_check_in_front(FilterCode& code) {
  constexpr std::uint32_t kArch = offsetof(seccomp_data, arch);
  constexpr std::uint32_t kNumber = offsetof(seccomp_data, nr);
  constexpr std::uint32_t kRequest = offsetof(seccomp_data, args) + 8;  // lower half of argument 1
  const FilterCode front = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kArch),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kNativeArch, 0, 6),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kNumber),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_ioctl, 0, 4),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kRequest),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TIOCSTI, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TIOCLINUX, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
  };
  code.insert(code.begin(), front.begin(), front.end());
}

}  // namespace

base::Result<FilterCode> compile_filter(Profile profile, OnForbidden on_forbidden) {
  const Context context{seccomp_init(SCMP_ACT_ERRNO(ENOSYS))};
  if (context == nullptr) return base::system_failure("sandbox: libseccomp: init", ENOMEM);
  // A call through another entry (i386, x32) would be looked up in the wrong table: it ends the
  // process.
  JUDGE_TRY_VOID(
      check(seccomp_attr_set(context.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS),
            "foreign architectures"));
  JUDGE_TRY_VOID(
      check(seccomp_attr_set(context.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2), "binary tree"));
  for (const Rule& rule : policy_for(profile)) {
    const int number = seccomp_syscall_resolve_name(std::string{rule.name}.c_str());
    // Unknown to this libseccomp or architecture, or the default answer anyway (which libseccomp
    // refuses to repeat).
    if (number < 0 || rule.answer == Answer::missing) continue;
    JUDGE_TRY_VOID(add(context, action_for(rule.answer, on_forbidden), number, rule));
  }
  JUDGE_TRY(FilterCode code, export_code(context));
  put_terminal_check_in_front(code);
  return code;
}

std::string name_of_syscall(int number) {
  const std::unique_ptr<char, decltype(&std::free)> name{
      seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number), &std::free};
  return name == nullptr ? "system call " + std::to_string(number) : std::string{name.get()};
}

}  // namespace sandbox
