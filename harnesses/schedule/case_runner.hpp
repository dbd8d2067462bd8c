// CaseRunner: one case against one actor, or several in one script. Draws the case, calls, and
// decides at every rest what happens next, until the call has settled (or never will) and nothing
// that the judge controls is left running (CaseInProgress). A case of operations is an
// OperationsRun.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "harnesses/actor/actor.hpp"
#include "harnesses/engine/choice.hpp"
#include "harnesses/engine/foreseen.hpp"
#include "harnesses/schedule/case_options.hpp"
#include "harnesses/schedule/generate.hpp"
#include "harnesses/schedule/plan.hpp"
#include "harnesses/schedule/trace.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

class CaseRunner {
 public:
  using Options = CaseOptions;

  CaseRunner(const SchedulePlan& plan, Dialect dialect, Options options)
      : plan_{plan}, dialect_{std::move(dialect)}, options_{std::move(options)} {}

  // A trace, or how the program ended in the middle of the case (with the trace so far).
  struct Interrupted {
    Ended ended;
    Trace so_far;
  };
  // Given up because timers of earlier cases tick too often in these processes.
  struct WornOut {};
  using Outcome = std::variant<Trace, Interrupted, WornOut>;
  struct Processes {
    Actor& program;
    Actor* reference = nullptr;  // what the plan compares with, if it does
    std::int64_t most_older_ticks = std::numeric_limits<std::int64_t>::max();
  };
  // `number`: another one for each case of an actor.
  base::Result<Outcome> run(const Processes& processes, Choices& choices, std::int64_t number);

  // Whether cases can be handed over as a script.
  [[nodiscard]] bool can_script() const;
  // The cases that these sources draw, which are at their beginning, in one request, numbered from
  // `first`. At least one is run; perhaps not all. Only the last can have been interrupted.
  struct Scripted {
    Outcome outcome;
    Recording drawn;
  };
  base::Result<std::vector<Scripted>> run_script(Actor& actor,
                                                 std::span<ForeseenSource* const> sources,
                                                 std::int64_t first);

 private:
  const SchedulePlan& plan_;
  Dialect dialect_;
  Options options_;
  TokenSource tokens_;
};

}  // namespace harness
