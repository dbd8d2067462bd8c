// SchedulePlan: one test of the schedule harness, as its author wrote it. Plain data, already
// checked. What each field means to an author stands in problems/README.md; PROTOCOL.md has the
// words of `how` and `as`.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "harnesses/call.hpp"
#include "harnesses/engine/choice.hpp"
#include "harnesses/engine/generator.hpp"
#include "harnesses/protocol/value.hpp"
#include "sandbox/base/position.hpp"

namespace harness {

struct IntegerRange {
  std::int64_t low;
  std::int64_t high;
};
enum class Rejecting { none, some, at_least_one, all };
enum class ControlledKind { task, promise, invocation };
struct ControlledInputs {  // `tasks` and `promises`
  ControlledKind kind;
  std::int64_t low;
  std::int64_t high;
  Rejecting rejecting = Rejecting::none;
  std::vector<std::string> how;          // never empty
  bool any_values = false;               // `values: any`
  std::vector<std::string> collections;  // `as`
};
enum class SignalPlan { never, before, during };
struct GivenSignal {
  SignalPlan when;
  bool any_reason = false;  // `reasons: any`
};

// What an invocation made `calls` does before it returns: a method of the object, with literals and
// references to plain values and callbacks.
struct CallBack {
  std::string method;
  std::vector<Argument> arguments;
};

// A controlled function; each invocation is an input that comes into being when it happens.
struct CallbackPlan {
  Rejecting rejecting = Rejecting::none;
  std::vector<std::string> how;  // never empty
  bool any_values = false;
  std::optional<CallBack> calls;  // there when `how` has that word
  std::vector<Value> literals;    // what it gives is one of these; empty: as `any_values` says
};

struct Given {
  std::string name;
  std::variant<Generator, ControlledInputs, GivenSignal, CallbackPlan> generator;
  base::Position where;
};

// ---- operations: many calls in one case ----

// Of an operation: as in a call, or drawn afresh each time, or a signal of the call's own, or the
// given one, which all calls share that are handed it.
struct OwnSignal {
  bool aborted_before;
  bool any_reason = false;
};
struct SharedSignal {
  std::size_t given;
};
using OperationArgument = std::variant<Argument, Generator, OwnSignal, SharedSignal>;
[[nodiscard]] inline bool is_signal(const OperationArgument& argument) {
  return std::holds_alternative<OwnSignal>(argument) ||
         std::holds_alternative<SharedSignal>(argument);
}

struct Operation {
  enum class Kind { call, abort };
  std::string name;
  Kind kind = Kind::call;
  bool is_new = false;            // makes an object, of the export `function`
  std::string function;           // a method or an export; empty: what `on` gave is the function
  std::optional<std::size_t> on;  // the operation whose result is used; abort: whose signal;
                                  // nothing: the given one
  bool once = true;               // each result is used once
  std::vector<OperationArgument> arguments;
  std::vector<std::pair<std::string, OperationArgument>> options;
  unsigned weight = 1;
};

// Whether `is` holds of one that the operation is handed, among its arguments or its options.
template <typename Is>
[[nodiscard]] bool is_any_argument(const Operation& operation, const Is& is) {
  return std::any_of(operation.arguments.begin(), operation.arguments.end(), is) ||
         std::any_of(operation.options.begin(), operation.options.end(),
                     [&](const auto& option) { return is(option.second); });
}

// The object that operations without `on` are methods of: call 0 of the case.
struct ObjectPlan {
  std::string function;  // the export; empty: the only one
  bool is_factory = false;
  std::vector<Argument> arguments;
  std::optional<ArgumentObject> options;
};

struct OperationsPlan {
  std::optional<ObjectPlan> object;
  std::vector<Operation> operations;   // at least one
  IntegerRange steps;                  // how many are carried out
  std::optional<Generator> advance;    // whole ms that may pass in one act; nothing: time passes
                                       // only when nothing else can happen
  std::vector<Argument> after;         // whole ms, literal or drawn: time may pass up to a moment
                                       // that lies so long after an earlier act
  std::optional<std::int64_t> at_end;  // ms that pass at a time once nothing but timers is left;
                                       // nothing: up to the next timer
  bool alike = false;  // two inputs that settle in one turn both fulfil or both fail
};

// The calls must have an order in which a sequential object would have answered the same.
struct Linearizability {
  std::string model;                                         // see history::find_model
  std::vector<std::pair<std::string, Argument>> parameters;  // literals, and References to givens
  std::vector<std::optional<std::string>> as;  // by operation: the model's; nothing: the model does
                                               // not see it
};

enum class When { always, at_rest, finally, equals_reference, linearizable };
struct Predicate {
  std::string criterion;
  When when;
  std::string expression;  // empty for equals_reference and linearizable
  base::Position where;    // of the expression's first character, as far as YAML tells
  bool any_order = false;  // equals_reference: within one act, what happens counts, not its order
  std::optional<Linearizability> history = std::nullopt;  // of linearizable
};

struct SchedulePlan {
  std::vector<Given> given;
  Call call;  // of a plan without operations
  std::optional<OperationsPlan> operations;
  std::vector<Predicate> predicates;
  std::optional<std::int64_t> most_cases;  // nothing: as many as the budget allows
  std::vector<ChoiceSequence> known;       // cases to begin with
};

}  // namespace harness
