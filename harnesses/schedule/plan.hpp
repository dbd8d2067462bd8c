// SchedulePlan: one test of the schedule harness, as its author wrote it. Plain data, already
// checked. What each field means to an author stands in problems/README.md; PROTOCOL.md has the
// words of `how` and `as`.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "harnesses/call.hpp"
#include "harnesses/protocol/value.hpp"
#include "sandbox/base/position.hpp"

namespace harness {

struct IntegerRange {
  std::int64_t low;
  std::int64_t high;
};
struct OneOf {
  std::vector<Value> values;  // at least one; `value: x` is a list of one
};
enum class Rejecting { none, some, at_least_one, all };
enum class ControlledKind { task, promise };
struct ControlledInputs {  // `tasks` and `promises`
  ControlledKind kind;
  std::int64_t low;
  std::int64_t high;
  Rejecting rejecting = Rejecting::none;
  std::vector<std::string> how;          // never empty
  bool any_values = false;               // `values: any`
  std::vector<std::string> collections;  // `as`; tasks: array
};
enum class SignalPlan { never, before, during };

struct Given {
  std::string name;
  std::variant<IntegerRange, OneOf, ControlledInputs, SignalPlan> generator;
  base::Position where;
};

enum class When { always, at_rest, finally };
struct Predicate {
  std::string criterion;
  When when;
  std::string expression;
  base::Position where;  // of the expression's first character, as far as YAML tells
};

struct SchedulePlan {
  std::vector<Given> given;
  Call call;
  std::vector<Predicate> predicates;
};

}  // namespace harness
