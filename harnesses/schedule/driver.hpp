// Driver: keeps an actor ready to run case after case, and knows which cases it has seen since it
// started, because a program with state of its own can fail in a case only for what came before.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "harnesses/actor/actor.hpp"
#include "harnesses/engine/choice.hpp"
#include "harnesses/schedule/case_runner.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

// Errors that nobody handled end a program, unless a predicate of the problem judges them.
struct CrashRules {
  bool unhandled_ends = true;
  bool uncaught_ends = true;
};

class Driver {
 public:
  struct Setting {
    const sandbox::Host* host;
    const ActorPlan* actor;
    const ActorPlan* reference = nullptr;  // of a plan that compares with one
    const SchedulePlan* plan;
    Dialect dialect;
    CaseRunner::Options options;
    CrashRules crash;
    int cases_per_process;
  };
  explicit Driver(Setting setting);

  // How a case ended when it did not end well. Without `ended`: an error that nobody handled.
  struct Crash {
    std::optional<Ended> ended;
    Trace so_far;
  };
  struct Case {
    std::variant<Trace, Crash, LoadFailed> outcome;
    Recording drawn;
  };
  // Starts the actor when there is none, or when it has run its share.
  base::Result<Case> run(ChoiceSource& source);

  // The cases that the present actor ran before the latest one.
  [[nodiscard]] const std::vector<ChoiceSequence>& before() const { return before_; }

  // The next case meets a fresh process.
  base::Status restart();

  // Of all actors so far; the present one's is added when it is stopped.
  [[nodiscard]] const sandbox::Usage& usage() const { return usage_; }
  [[nodiscard]] std::int64_t cases() const { return cases_; }

 private:
  base::Result<std::optional<std::variant<Crash, LoadFailed>>> ensure_actor();
  base::Status start_reference();
  void forget_cases();
  [[nodiscard]] bool crashes(const Trace& trace) const;

  Setting setting_;
  CaseRunner runner_;
  std::optional<Actor> actor_;
  std::optional<Actor> reference_;  // starts and ends with the actor
  std::vector<ChoiceSequence> before_;
  std::optional<ChoiceSequence> latest_;
  int cases_with_timers_left_ = 0;
  sandbox::Usage usage_;
  std::int64_t cases_ = 0;
};

}  // namespace harness
