// How: the file descriptors are put into the waiting process (SECCOMP_IOCTL_NOTIF_ADDFD), it is
// seized (ptrace(2)), let go, and stopped again at PTRACE_EVENT_EXEC; there it is made to map the
// pages itself, call by call, and what the kernel has told it of its vDSO (AT_SYSINFO_EHDR,
// getauxval(3)) is overwritten. Then it is let go for good.
#include "sandbox/time/replace_vdso.hpp"

#include <elf.h>
#include <linux/seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <optional>
#include <string>

#include "sandbox/time/clock_page.hpp"
#include "sandbox/time/guest_memory.hpp"
#include "sandbox/time/notification.hpp"
#include "sandbox/time/vdso_image.hpp"

namespace sandbox::time {
namespace {

base::Status failure(const std::string& step, int code) {
  return base::system_failure("sandbox: virtual clock: " + step, code);
}

// The number that it has in the waiting process, or -errno.
int add_descriptor(const HeldExecve& held, int source) {
  seccomp_notif_addfd add{};
  add.id = held.notification;
  add.srcfd = static_cast<__u32>(source);
  const int number = ::ioctl(held.listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add);
  return number < 0 ? -errno : number;
}

// Until `thread` has stopped. The status as waitpid(2) has it; nothing: it has ended.
std::optional<int> wait_for_stop(pid_t thread) {
  int status = 0;
  pid_t got = 0;
  do got = ::waitpid(thread, &status, __WALL);
  while (got < 0 && errno == EINTR);
  return got == thread && WIFSTOPPED(status) ? std::optional{status} : std::nullopt;
}

// Of one that executes: whoever does that goes on as the first thread of its process.
std::optional<int> wait_for_executed(pid_t thread, pid_t process) {
  auto status = wait_for_stop(thread);
  if (!status && thread != process) status = wait_for_stop(process);
  return status;
}

bool is_event(int status, int event) { return status >> 8 == (SIGTRAP | (event << 8)); }

constexpr long kCallInstruction = 0x050F;  // syscall

bool failed(std::optional<long> result) { return !result || (*result < 0 && *result > -4096); }

// A thread that we have stopped, made to do calls of its own.
class Stopped {
 public:
  explicit Stopped(pid_t thread) : thread_{thread} {}

  // From inside of execve to the new program's first instruction, where the instruction that calls
  // the kernel is put; end_calls() puts back what was there.
  bool begin_calls_of_new_program() {
    if (!step() || !read_registers()) return false;
    errno = 0;
    word_ = ::ptrace(PTRACE_PEEKTEXT, thread_, registers_.rip, nullptr);
    if (errno != 0) return false;
    caller_ = registers_.rip;
    return ::ptrace(PTRACE_POKETEXT, thread_, caller_, (*word_ & ~0xFFFFL) | kCallInstruction) == 0;
  }

  // Directly behind a call that has failed: its instruction is used again.
  bool begin_calls_behind_call() {
    if (!read_registers()) return false;
    caller_ = registers_.rip - 2;
    errno = 0;
    const long word = ::ptrace(PTRACE_PEEKTEXT, thread_, caller_, nullptr);
    return errno == 0 && (word & 0xFFFF) == kCallInstruction &&
           failed(static_cast<long>(registers_.rax));
  }

  // The result of the call, -errno on failure; nothing: the thread has ended, or cannot be driven.
  std::optional<long> call(long number, std::uint64_t a = 0, std::uint64_t b = 0,
                           std::uint64_t c = 0, std::uint64_t d = 0, std::uint64_t e = 0,
                           std::uint64_t f = 0) {
    user_regs_struct registers = registers_;
    registers.rip = caller_;
    registers.rax = static_cast<unsigned long long>(number);
    registers.rdi = a;
    registers.rsi = b;
    registers.rdx = c;
    registers.r10 = d;
    registers.r8 = e;
    registers.r9 = f;
    registers.orig_rax = ~0ULL;
    if (::ptrace(PTRACE_SETREGS, thread_, nullptr, &registers) < 0) return std::nullopt;
    if (!step()) return std::nullopt;
    user_regs_struct after{};
    if (::ptrace(PTRACE_GETREGS, thread_, nullptr, &after) < 0) return std::nullopt;
    return static_cast<long>(after.rax);
  }

  bool end_calls() {
    if (word_ && ::ptrace(PTRACE_POKETEXT, thread_, caller_, *word_) < 0) return false;
    return ::ptrace(PTRACE_SETREGS, thread_, nullptr, &registers_) == 0;
  }

  [[nodiscard]] std::uint64_t stack() const { return registers_.rsp; }

  // Somebody has killed it, so nothing that failed is anybody's fault.
  [[nodiscard]] bool has_ended() const { return ended_; }

  // With the signal that came meanwhile.
  void let_go() { (void)::ptrace(PTRACE_DETACH, thread_, nullptr, signal_); }

 private:
  bool read_registers() { return ::ptrace(PTRACE_GETREGS, thread_, nullptr, &registers_) == 0; }

  bool step() {
    for (;;) {
      if (::ptrace(PTRACE_SINGLESTEP, thread_, nullptr, nullptr) < 0) return false;
      const auto status = wait_for_stop(thread_);
      ended_ = !status;
      if (ended_) return false;
      if (WSTOPSIG(*status) == SIGTRAP && *status >> 16 == 0) return true;
      if (*status >> 16 == 0) signal_ = WSTOPSIG(*status);
    }
  }

  pid_t thread_;
  user_regs_struct registers_{};
  std::uint64_t caller_ = 0;  // where there is an instruction that calls the kernel
  std::optional<long> word_;  // what stood there before
  long signal_ = 0;
  bool ended_ = false;
};

// The mappings, at an address that the kernel chooses; where the code begins. 0: it failed.
std::uint64_t map_pages(Stopped& program, int clock_and_code, int spin) {
  const std::uint64_t code_size = vdso_size();
  const std::uint64_t front = kPagesBeforeCode * kPageSize;
  const auto start = program.call(SYS_mmap, 0, front + code_size, PROT_NONE,
                                  MAP_PRIVATE | MAP_ANONYMOUS, ~0ULL, 0);
  if (failed(start)) return 0;
  const auto base = static_cast<std::uint64_t>(*start);
  const auto clock = static_cast<std::uint64_t>(clock_and_code);
  const bool mapped =
      !failed(
          program.call(SYS_mmap, base, kPageSize, PROT_READ, MAP_SHARED | MAP_FIXED, clock, 0)) &&
      !failed(program.call(SYS_mmap, base + kPageSize, kPageSize, PROT_READ | PROT_WRITE,
                           MAP_SHARED | MAP_FIXED, static_cast<std::uint64_t>(spin), 0)) &&
      !failed(program.call(SYS_mmap, base + front, code_size, PROT_READ | PROT_EXEC,
                           MAP_PRIVATE | MAP_FIXED, clock, kPageSize));
  return mapped ? base + front : 0;
}

// On a new program's stack: argc, arguments, null, environment, null, pairs of the auxiliary vector
// (System V ABI for x86-64, "Process initialization").
std::optional<std::uint64_t> find_vdso_entry(pid_t process, std::uint64_t stack) {
  const auto count = read_value<std::uint64_t>(process, stack);
  if (!count) return std::nullopt;
  std::uint64_t at = stack + (*count + 2) * sizeof(std::uint64_t);
  for (;; at += sizeof(std::uint64_t)) {
    const auto variable = read_value<std::uint64_t>(process, at);
    if (!variable) return std::nullopt;
    if (*variable == 0) break;
  }
  at += sizeof(std::uint64_t);
  for (;; at += sizeof(Elf64_auxv_t)) {
    const auto entry = read_value<Elf64_auxv_t>(process, at);
    if (!entry || entry->a_type == AT_NULL) return std::nullopt;
    if (entry->a_type == AT_SYSINFO_EHDR) return at + offsetof(Elf64_auxv_t, a_un);
  }
}

base::Status place(Stopped& program, pid_t thread, int clock_and_code, int spin) {
  if (!program.begin_calls_of_new_program()) return failure("reach the program", EPERM);
  const std::uint64_t code = map_pages(program, clock_and_code, spin);
  const bool closed =
      !failed(program.call(SYS_close, static_cast<std::uint64_t>(clock_and_code))) &&
      !failed(program.call(SYS_close, static_cast<std::uint64_t>(spin)));
  if (!program.end_calls() || code == 0 || !closed) return failure("map the clock", ENOMEM);
  const auto entry = find_vdso_entry(thread, program.stack());
  if (entry && !write_value(thread, *entry, code)) return failure("name the clock", EFAULT);
  program.let_go();
  return {};
}

// The execve has failed: what was put into the process goes. A thread that was faster than our
// interruption keeps it; it does no harm there.
void take_back(pid_t thread, int clock_and_code, int spin) {
  Stopped program{thread};
  if (program.begin_calls_behind_call()) {
    (void)program.call(SYS_close, static_cast<std::uint64_t>(clock_and_code));
    (void)program.call(SYS_close, static_cast<std::uint64_t>(spin));
    (void)program.end_calls();
  }
  program.let_go();
}

}  // namespace

base::Status execute_with_vdso(const HeldExecve& held, const VdsoFiles& files) {
  const int clock_and_code = add_descriptor(held, files.clock_and_code);
  const int spin = clock_and_code < 0 ? clock_and_code : add_descriptor(held, files.spin);
  if (spin < 0) {  // no room for them, or nobody waits any more: execve(2) has EMFILE too
    (void)answer(held.listener, held.notification, spin);
    return {};
  }
  if (::ptrace(PTRACE_SEIZE, held.thread, nullptr, PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL) < 0) {
    return errno == ESRCH ? base::Status{} : failure("seize the program", errno);
  }
  if (!let_kernel_answer(held.listener, held.notification)) return {};  // killed meanwhile
  // Stops it behind an execve that failed; one that succeeds is seen before that.
  (void)::ptrace(PTRACE_INTERRUPT, held.thread, nullptr, nullptr);
  const auto status = wait_for_executed(held.thread, held.process);
  if (!status) return {};
  if (!is_event(*status, PTRACE_EVENT_EXEC)) {
    take_back(held.thread, clock_and_code, spin);
    return {};
  }
  Stopped program{held.process};
  base::Status placed = place(program, held.process, clock_and_code, spin);
  return program.has_ended() ? base::Status{} : placed;
}

}  // namespace sandbox::time
