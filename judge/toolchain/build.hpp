// Building: from a submission's files to something that runs in a sandbox. Happens once a grading;
// compiling is as dangerous as running and happens behind the same walls, with limits of its own.
#pragma once

#include <string>
#include <variant>

#include "harnesses/actor/actor.hpp"
#include "harnesses/cases/run_cases.hpp"
#include "judge/problem/problem.hpp"
#include "judge/submission/submission.hpp"
#include "judge/toolchain/toolchain.hpp"
#include "sandbox/base/result.hpp"
#include "sandbox/host.hpp"

namespace judge {

// Ready to be run: as an actor when the problem calls functions, as a program otherwise.
using Built = std::variant<harness::ActorPlan, harness::ProgramPlan>;

// The compiler (or the language's own syntax check) said no, or did not come to an end.
struct CompileFailure {
  std::string summary;  // one line for people, ours
  std::string output;   // the compiler's, hostile, bounded
  sandbox::Usage usage;
};

base::Result<std::variant<Built, CompileFailure>> build(const sandbox::Host& host,
                                                        const Toolchain& toolchain,
                                                        const Problem& problem,
                                                        const Submission& submission);

// The oracle: our own script behind the Node shim.
harness::ActorPlan oracle_plan(const Toolchain& toolchain);

}  // namespace judge
