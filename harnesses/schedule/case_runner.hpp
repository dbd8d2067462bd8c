// CaseRunner: one case against one actor. Draws the case, calls, and decides at every rest what
// happens next, until the call has settled (or never will) and nothing that the judge controls is
// left running. A case of operations is an OperationsRun.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "harnesses/actor/actor.hpp"
#include "harnesses/engine/choice.hpp"
#include "harnesses/schedule/generate.hpp"
#include "harnesses/schedule/plan.hpp"
#include "harnesses/schedule/trace.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

class CaseRunner {
 public:
  struct Options {
    std::string function;  // the export to call, of a plan without operations
    std::vector<std::string> exports;
    bool inspect_at_end = false;  // ask for what only a look can tell: `listeners`, `closed`
    bool same_turn = true;        // two acts in one turn are among the choices
  };

  CaseRunner(const SchedulePlan& plan, Dialect dialect, Options options)
      : plan_{plan}, dialect_{std::move(dialect)}, options_{std::move(options)} {}

  // A trace, or how the program ended in the middle of the case (with the trace so far).
  struct Interrupted {
    Ended ended;
    Trace so_far;
  };
  using Outcome = std::variant<Trace, Interrupted>;
  // `reference`: what the plan compares with, if it does. `number`: another one for each case of an
  // actor.
  base::Result<Outcome> run(Actor& actor, Actor* reference, Choices& choices, std::int64_t number);

 private:
  const SchedulePlan& plan_;
  Dialect dialect_;
  Options options_;
  TokenSource tokens_;
};

}  // namespace harness
