#include "judge/verdict/verdict.hpp"

namespace judge {

std::string to_string(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::accepted:
      return "accepted";
    case VerdictKind::wrong_answer:
      return "wrong_answer";
    case VerdictKind::compile_error:
      return "compile_error";
    case VerdictKind::runtime_error:
      return "runtime_error";
    case VerdictKind::time_limit_exceeded:
      return "time_limit_exceeded";
    case VerdictKind::memory_limit_exceeded:
      return "memory_limit_exceeded";
    case VerdictKind::output_limit_exceeded:
      return "output_limit_exceeded";
    case VerdictKind::security_violation:
      return "security_violation";
    case VerdictKind::judge_error:
      return "judge_error";
  }
  return "judge_error";
}

std::string to_string(CriterionStatus status) {
  switch (status) {
    case CriterionStatus::met:
      return "met";
    case CriterionStatus::not_met:
      return "not_met";
    case CriterionStatus::not_run:
      return "not_run";
    case CriterionStatus::not_enforced:
      return "not_enforced";
    case CriterionStatus::undecided:
      return "undecided";
  }
  return "not_run";
}

std::string Evidence::summary() const {
  std::string text = predicate.empty() ? difference : "does not hold: " + predicate;
  for (const std::string& remark : remarks) text += "; " + remark;
  return text;
}

double Verdict::score() const {
  double sum = 0;
  for (const CriterionResult& each : criteria) {
    if (each.status == CriterionStatus::met) sum += each.criterion.weight;
  }
  return sum;
}

double Verdict::max_score() const {
  double sum = 0;
  for (const CriterionResult& each : criteria) sum += each.criterion.weight;
  return sum;
}

}  // namespace judge
