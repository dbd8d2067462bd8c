#include "sandbox/run/ending.hpp"

#include <signal.h>
#include <string.h>

#include "sandbox/base/amount.hpp"
#include "sandbox/base/bytes.hpp"
#include "sandbox/base/escape.hpp"

namespace sandbox_run {
namespace {

using sandbox::EndedBy;

constexpr int kTimeLimit = 124;               // as timeout(1)
constexpr int kMemoryLimit = 128 + SIGKILL;   // what the kernel does for want of memory
constexpr int kOutputLimit = 128 + SIGXFSZ;   // what it does when a file becomes too large
constexpr int kForbiddenCall = 128 + SIGSYS;  // what it does at a filter
constexpr int kSignal = 128;

int own_code(const sandbox::Exit& exit) {
  return exit.kind == sandbox::Exit::Kind::exited ? exit.value : kSignal + exit.value;
}

}  // namespace

int exit_code(const sandbox::RunReport& report) {
  switch (report.ended_by) {
    case EndedBy::program:
    case EndedBy::process_limit:
    case EndedBy::scratch_limit:
    case EndedBy::caller:
      return own_code(report.exit);
    case EndedBy::cpu_limit:
    case EndedBy::wall_limit:
      return kTimeLimit;
    case EndedBy::memory_limit:
      return kMemoryLimit;
    case EndedBy::output_limit:
      return kOutputLimit;
    case EndedBy::forbidden_syscall:
      return kForbiddenCall;
  }
  return own_code(report.exit);
}

std::string ending_line(const sandbox::RunReport& report, const sandbox::Limits& limits) {
  switch (report.ended_by) {
    case EndedBy::program:
    case EndedBy::caller:
      return {};
    case EndedBy::cpu_limit:
      return "ended by the CPU limit of " + base::to_string(limits.cpu);
    case EndedBy::wall_limit:
      return "ended by the wall limit of " + base::to_string(limits.wall);
    case EndedBy::memory_limit:
      return "ended by the memory limit of " + base::to_string(limits.memory);
    case EndedBy::output_limit:
      return "ended by the output limit of " + base::to_string(limits.output);
    case EndedBy::process_limit:
      return "ended by the limit of " + std::to_string(limits.processes) + " processes";
    case EndedBy::scratch_limit:
      return "ended by the limits of scratch space: " + base::to_string(limits.scratch) + ", " +
             std::to_string(limits.scratch_inodes) + " files";
    case EndedBy::forbidden_syscall:
      if (!report.forbidden_syscall) return "ended by a forbidden system call";
      return "ended by the forbidden system call " + base::quoted(*report.forbidden_syscall);
  }
  return {};
}

std::string_view name_of(EndedBy ended_by) {
  switch (ended_by) {
    case EndedBy::program:
      return "program";
    case EndedBy::cpu_limit:
      return "cpu_limit";
    case EndedBy::wall_limit:
      return "wall_limit";
    case EndedBy::memory_limit:
      return "memory_limit";
    case EndedBy::output_limit:
      return "output_limit";
    case EndedBy::forbidden_syscall:
      return "forbidden_syscall";
    case EndedBy::process_limit:
      return "process_limit";
    case EndedBy::scratch_limit:
      return "scratch_limit";
    case EndedBy::caller:
      return "caller";
  }
  return "program";
}

std::string name_of_signal(int signal) {
  if (const char* name = ::sigabbrev_np(signal)) return std::string{"SIG"} + name;
  if (signal >= SIGRTMIN && signal <= SIGRTMAX) {
    return "SIGRTMIN+" + std::to_string(signal - SIGRTMIN);
  }
  return "signal " + std::to_string(signal);
}

}  // namespace sandbox_run
