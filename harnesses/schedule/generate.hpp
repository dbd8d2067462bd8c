// Generating a case: draws every Given and builds the CALL that hands them over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "harnesses/engine/choice.hpp"
#include "harnesses/protocol/value.hpp"
#include "harnesses/schedule/plan.hpp"
#include "harnesses/schedule/tokens.hpp"
#include "harnesses/schedule/trace.hpp"
#include "harnesses/schedule/values.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

// In place of the number of a call: the signal is the given one.
inline constexpr std::int64_t kGivenSignal = -1;

struct GeneratedCase {
  Trace trace;                  // inputs and given; no events yet
  std::vector<Value> given;     // what each Given hands over
  Value arguments;              // List for CALL
  Value options;                // Object or Undefined
  std::vector<Value> outcomes;  // by input: what SETTLE sends, identities defined
  Value cancel_reason;          // what ABORT sends, its identity defined
};

[[nodiscard]] GeneratedCase generate(const SchedulePlan& plan, const Dialect& dialect,
                                     Choices& choices, TokenSource& tokens);

// The same for who makes more values during the case: `values` records into `out.trace`. Of a plan
// with operations there is no CALL, and callbacks are left to the caller.
void generate(const SchedulePlan& plan, Choices& choices, ValueMaker& values, GeneratedCase& out);

// Which Given of the plan the reference is about.
[[nodiscard]] std::size_t index_of(const Reference& reference, const SchedulePlan& plan);

}  // namespace harness
