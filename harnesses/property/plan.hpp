// PropertyPlan: one test of the property harness, as its author wrote it. Plain data, already
// checked. What each field means to an author stands in problems/README.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harnesses/call.hpp"
#include "harnesses/engine/generator.hpp"
#include "harnesses/schedule/plan.hpp"
#include "sandbox/base/position.hpp"

namespace harness {

struct DrawnInput {
  std::string name;
  Generator generator;
  base::Position where;
};

// A call of a case. Its arguments refer to what was drawn, which they get a copy of each, and, as
// arguments of their own, to what earlier calls gave: the very object.
struct NamedCall {
  std::string name;  // what predicates call it; empty: the only one, `result` and `error`
  Call call;
};

struct PropertyPlan {
  std::vector<DrawnInput> given;
  std::vector<NamedCall> calls;            // at least one; made in this order
  std::vector<Predicate> predicates;       // `finally` and `equals_reference`
  std::optional<std::int64_t> most_cases;  // nothing: as many as the budget allows
};

}  // namespace harness
