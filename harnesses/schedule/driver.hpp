// Driver: the processes that the cases of a grading run in, one after the other, whatever test they
// belong to: starting a program costs more than many cases. Knows which cases the present process
// has seen, because a program with state of its own can fail in a case only for what came before.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "harnesses/actor/actor.hpp"
#include "harnesses/engine/choice.hpp"
#include "harnesses/engine/foreseen.hpp"
#include "harnesses/schedule/case_runner.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

// Errors that nobody handled end a program, unless a predicate of the problem judges them.
struct CrashRules {
  bool unhandled_ends = true;
  bool uncaught_ends = true;
};

// A case that ran: of which of the driver's tests, and what was drawn.
struct PastCase {
  std::size_t test;
  ChoiceSequence choices;
  bool operator==(const PastCase&) const = default;
};

class Driver {
 public:
  struct Setting {
    const sandbox::Host* host;
    const ActorPlan* actor;
    const ActorPlan* reference = nullptr;  // what tests compare with, if any does
    Dialect dialect;
    CrashRules crash;
    int cases_per_process;
  };
  struct Test {
    const SchedulePlan* plan;
    CaseRunner::Options options;
  };
  Driver(Setting setting, const std::vector<Test>& tests);

  // How a case ended when it did not end well. Without `ended`: an error that nobody handled.
  struct Crash {
    std::optional<Ended> ended;
    Trace so_far;
  };
  // What the actor has run so far, the latest case included: cheap to keep, whatever comes after
  // it.
  class History {
   public:
    // The latest case, and at most `most` of those before it; the oldest first.
    [[nodiscard]] std::vector<PastCase> latest(std::size_t most) const;
    [[nodiscard]] std::vector<PastCase> all() const { return latest(count_); }

   private:
    friend class Driver;
    std::shared_ptr<std::vector<PastCase>> cases_ = std::make_shared<std::vector<PastCase>>();
    std::size_t count_ = 0;
  };
  struct Case {
    std::variant<Trace, Crash, LoadFailed> outcome;
    Recording drawn;
    History history;
    [[nodiscard]] bool ended_well() const { return std::holds_alternative<Trace>(outcome); }
  };
  // A case of that test. Starts the actor when there is none, or when it has run its share.
  base::Result<Case> run(std::size_t test, ChoiceSource& source);

  // Several, in this order, in scripts as far as that can be. Each is handed to `take`, which says
  // whether to go on; one that did not end well is the last. Equal sources give equal cases,
  // however many a script took.
  using Take = std::function<base::Result<bool>(Case)>;
  base::Status run_all(std::size_t test, std::span<ForeseenSource* const> sources,
                       const Take& take);

  // The next case meets a fresh process.
  base::Status restart();

  [[nodiscard]] const SchedulePlan& plan(std::size_t test) const { return *tests_[test].plan; }
  [[nodiscard]] const Dialect& dialect() const { return setting_.dialect; }

  // Of all actors so far; the present one's is added when it is stopped.
  [[nodiscard]] const sandbox::Usage& usage() const { return usage_; }
  // CPU time of all actors so far, the present one's included.
  [[nodiscard]] std::chrono::microseconds cpu_used() const;

 private:
  struct Runner {
    const SchedulePlan* plan;
    std::unique_ptr<CaseRunner> runner;
    bool compares;
    std::size_t script_size;  // cases the next script takes; 1: it is run without
  };
  using NotStarted = std::optional<std::variant<Crash, LoadFailed>>;
  base::Result<NotStarted> ensure_actor(const Runner& test);
  base::Status ensure_reference(const Runner& test);
  [[nodiscard]] bool has_run_its_share() const;
  // How many cases the next one's process may still run.
  [[nodiscard]] std::size_t room_in_process() const;
  [[nodiscard]] bool crashes(const Trace& trace) const;
  // Whether what ended the program may have been used up by the cases before.
  [[nodiscard]] bool is_inherited(const CaseRunner::Outcome& outcome) const;
  // What the actor used, which has ended.
  void forget(const Ended& ended);
  Case conclude(std::size_t test, CaseRunner::Outcome outcome, Recording drawn);

  // The beginning of `sources`, in one script; appends what was run to `done`.
  base::Status run_script(std::size_t test, std::span<ForeseenSource* const> sources,
                          std::vector<Case>& done);
  base::Status repeat_by_steps(std::size_t test, std::span<ForeseenSource* const> sources,
                               Case scripted, std::vector<Case>& done);

  Setting setting_;
  std::vector<Runner> tests_;
  std::optional<Actor> actor_;
  std::optional<Actor> reference_;  // started when first compared with; ends with the actor
  History history_;
  int cases_with_timers_left_ = 0;
  std::int64_t older_ticks_ = 0;
  std::int64_t cases_ = 0;
  sandbox::Usage usage_;
};

}  // namespace harness
