// Oracle: predicates over traces, evaluated in a sandboxed process of its own.
// Why a process: predicates are JavaScript, and what they look at was said by the submission.
// What is no expression is judged here, in C++, while that process works: differences from the
// reference and histories.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harnesses/actor/actor.hpp"
#include "harnesses/schedule/history_check.hpp"
#include "harnesses/schedule/plan.hpp"
#include "harnesses/schedule/trace.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

// Where and how one predicate first failed in one trace.
struct PredicateFailure {
  std::size_t predicate;  // index into the plan's
  std::size_t event;  // index of the event behind which it was evaluated; for `finally` the number
                      // of events
  // The parts of the expression and what they were, as text for people (hostile inside, bounded).
  std::vector<std::pair<std::string, std::string>> values;
  // False: there was no object to ask about. The event is the end of the call that was to make it.
  bool is_asked = true;
};

// A predicate that nobody knows to hold or not: never a pass.
struct PredicateUnknown {
  std::size_t predicate;  // index into the plan's
  std::string why;
};

// What all predicates say of one trace.
struct Judged {
  std::vector<PredicateFailure> failures;
  std::vector<PredicateUnknown> unknown;
};

// What compiling a plan's predicates found out.
struct Compiled {
  std::vector<std::string> names;  // of the trace, used by any of them
};

class Oracle {
 public:
  static base::Result<Oracle> start(const sandbox::Host& host, const ActorPlan& plan);

  using Failures = std::vector<std::vector<PredicateFailure>>;

  // Replaces the predicates. An Error lists every predicate that cannot be used, a line each, with
  // its position.
  base::Result<Compiled> compile(const SchedulePlan& plan);

  // The same for the predicates of another harness, by a function of oracle.mjs.
  base::Result<Compiled> compile_with(const std::string& function, Value request,
                                      const std::vector<Predicate>& predicates);
  // For each request the failures; `predicates` are those compiled last.
  base::Result<Failures> evaluate_with(const std::string& function, List requests,
                                       const std::vector<Predicate>& predicates);

  // For each trace. An Error when a predicate throws (its author's mistake) or the oracle dies.
  base::Result<std::vector<Judged>> evaluate(const std::vector<Trace>& traces,
                                             const std::string& language);

  // The two halves of evaluate: the oracle works while the caller does something else.
  base::Status begin_evaluating(const std::vector<Trace>& traces, const std::string& language);
  base::Result<std::vector<Judged>> end_evaluating();

  // What people need to see besides the trace why it fails this predicate, which it does: of a
  // history, its explanation; else nothing.
  [[nodiscard]] base::Result<std::string> explain(std::size_t predicate, const Trace& trace) const;

 private:
  explicit Oracle(Actor actor) : actor_{std::move(actor)} {}

  base::Status ask(const std::string& function, Value argument);
  base::Result<Value> answer();
  [[nodiscard]] base::Result<Judged> judge_here(const Trace& trace) const;
  // Where the object could not be made, and none of the predicates is about that.
  [[nodiscard]] std::optional<std::size_t> failed_construction(const Trace& trace) const;
  base::Result<Failures> read_failures(std::size_t count, const std::vector<Predicate>& predicates);

  Actor actor_;
  std::int64_t calls_ = 0;
  std::vector<Predicate> predicates_;     // that have an expression
  std::vector<std::size_t> expressions_;  // of each of them: its index in the plan
  std::vector<std::size_t> comparisons_;  // indices of those that compare with the reference
  struct HistoryPredicate {
    std::size_t predicate;
    HistoryCheck check;
  };
  std::vector<HistoryPredicate> histories_;
  bool needs_object_ = false;        // none of the predicates is about how it was made
  std::vector<Judged> judged_here_;  // of the traces that it looks at
};

}  // namespace harness
