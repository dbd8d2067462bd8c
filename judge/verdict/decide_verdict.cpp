#include "judge/verdict/decide_verdict.hpp"

#include <string.h>

#include <algorithm>

#include "sandbox/base/escape.hpp"

namespace judge {
namespace {

std::string in_seconds(std::chrono::milliseconds time) {
  if (time.count() % 1000 == 0) return std::to_string(time.count() / 1000) + " s";
  return std::to_string(time.count()) + " ms";
}

std::string signal_name(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name != nullptr ? std::string{"SIG"} + name : "signal " + std::to_string(signal);
}

}  // namespace

VerdictKind verdict_of(const sandbox::RunReport& report, bool violation) {
  switch (report.ended_by) {
    case sandbox::EndedBy::cpu_limit:
    case sandbox::EndedBy::wall_limit:
      return VerdictKind::time_limit_exceeded;
    case sandbox::EndedBy::memory_limit:
      return VerdictKind::memory_limit_exceeded;
    case sandbox::EndedBy::output_limit:
      return VerdictKind::output_limit_exceeded;
    case sandbox::EndedBy::forbidden_syscall:
      return VerdictKind::security_violation;
    case sandbox::EndedBy::process_limit:
    case sandbox::EndedBy::scratch_limit:
      return VerdictKind::runtime_error;
    case sandbox::EndedBy::program:
    case sandbox::EndedBy::caller:
      return violation ? VerdictKind::security_violation : VerdictKind::runtime_error;
  }
  return VerdictKind::judge_error;
}

std::string describe_end(const sandbox::RunReport& report, const std::string& violation,
                         const ProblemLimits& limits) {
  switch (report.ended_by) {
    case sandbox::EndedBy::cpu_limit:
      return "used more than " + in_seconds(limits.cpu) + " of CPU time";
    case sandbox::EndedBy::wall_limit:
      return "did not answer within " + in_seconds(limits.wall);
    case sandbox::EndedBy::memory_limit:
      return "used more than " + to_string(limits.memory) + " of memory";
    case sandbox::EndedBy::output_limit:
      return "printed more than " + to_string(limits.output);
    case sandbox::EndedBy::forbidden_syscall:
      return "made a system call that is not allowed" +
             (report.forbidden_syscall ? ": " + base::escape(*report.forbidden_syscall)
                                       : std::string{});
    case sandbox::EndedBy::process_limit:
      return "had more than " + std::to_string(limits.processes) + " processes and threads at once";
    case sandbox::EndedBy::scratch_limit:
      return "wrote more files into its scratch space than it may have";
    case sandbox::EndedBy::program:
    case sandbox::EndedBy::caller:
      break;
  }
  if (!violation.empty()) return "wrote to the judge's own channel: " + base::escape(violation);
  if (report.exit.kind == sandbox::Exit::Kind::signaled)
    return "died of " + signal_name(report.exit.value);
  return "exited with code " + std::to_string(report.exit.value) + " before it was done";
}

VerdictKind decide_verdict(std::optional<VerdictKind> incident,
                           const std::vector<CriterionResult>& criteria) {
  if (incident) return *incident;
  const auto any = [&](auto... statuses) {
    return std::any_of(criteria.begin(), criteria.end(), [=](const CriterionResult& each) {
      return each.criterion.required && ((each.status == statuses) || ...);
    });
  };
  if (any(CriterionStatus::not_met, CriterionStatus::not_run)) return VerdictKind::wrong_answer;
  if (any(CriterionStatus::not_enforced, CriterionStatus::undecided)) {
    return VerdictKind::judge_error;
  }
  return VerdictKind::accepted;
}

}  // namespace judge
