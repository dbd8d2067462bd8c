// Running literal examples: a program from standard input to standard output, or one call of a
// function. Every program case gets a fresh process; function cases share one, restarted after a
// crash.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harnesses/actor/actor.hpp"
#include "harnesses/cases/plan.hpp"
#include "sandbox/base/result.hpp"
#include "sandbox/process.hpp"

namespace harness {

// How to run the program under test: `program.arguments` is extended by each case's.
struct ProgramPlan {
  sandbox::Program program;
  sandbox::Limits limits;
  bool virtual_time = false;  // each case has a clock of its own
};

// What one case showed. Facts only: whether a crash is a runtime error is decided elsewhere.
struct CaseResult {
  std::size_t index;  // into the plan's cases
  std::optional<std::string>
      difference;  // what is wrong, as one line for people; nothing: as expected
  std::optional<sandbox::RunReport> ended;  // how the program ended, when that is what is wrong
  std::string violation;                    // see Ended
  std::optional<LoadFailed> load_failed;
};

struct CasesOutcome {
  std::vector<CaseResult> results;  // of the cases that ran, in order; a limit stops the rest
  sandbox::Usage usage;
};

base::Result<CasesOutcome> run_program_cases(const sandbox::Host& host, const ProgramPlan& program,
                                             const CasesPlan& plan);
base::Result<CasesOutcome> run_function_cases(const sandbox::Host& host, const ActorPlan& actor,
                                              const CasesPlan& plan);

}  // namespace harness
