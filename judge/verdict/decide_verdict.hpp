// From facts to a verdict, in one place.
#pragma once

#include <optional>
#include <vector>

#include "judge/verdict/verdict.hpp"

namespace judge {

// How a program that did not end well ended, as one of the verdicts. `violation`: it broke the
// protocol.
[[nodiscard]] VerdictKind verdict_of(const sandbox::RunReport& report, bool violation);

// The same as a sentence: "used more than 4 s of CPU time".
[[nodiscard]] std::string describe_end(const sandbox::RunReport& report,
                                       const std::string& violation, const ProblemLimits& limits);

// The verdict as a whole: what ended the program, else whether every required criterion is met.
[[nodiscard]] VerdictKind decide_verdict(std::optional<VerdictKind> incident,
                                         const std::vector<CriterionResult>& criteria);

}  // namespace judge
