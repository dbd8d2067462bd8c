// Generating a case: draws every Given and builds the CALL that hands them over.
#pragma once

#include <string>
#include <vector>

#include "harnesses/engine/choice.hpp"
#include "harnesses/protocol/value.hpp"
#include "harnesses/schedule/plan.hpp"
#include "harnesses/schedule/tokens.hpp"
#include "harnesses/schedule/trace.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

// What differs between languages when values cross.
struct Dialect {
  std::string language;     // javascript, typescript, python
  bool has_undefined;       // else null stands in for it
  bool throws_any_value;    // else only exceptions can be thrown
  std::string error_class;  // of the errors that controlled inputs fail with
  bool abort_ends_inputs;   // an aborted (cancelled) input is settled by that
};
[[nodiscard]] Dialect dialect_of(const std::string& language);

struct GeneratedCase {
  Trace trace;                  // inputs and given; no events yet
  Value arguments;              // List for CALL
  Value options;                // Object or Undefined
  std::vector<Value> outcomes;  // by input: what SETTLE sends, identities defined
  Value cancel_reason;          // what ABORT sends, its identity defined
};

[[nodiscard]] GeneratedCase generate(const SchedulePlan& plan, const Dialect& dialect,
                                     Choices& choices, TokenSource& tokens);

}  // namespace harness
