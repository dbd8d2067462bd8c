// PropertyCase: the arguments of one case, and what its calls did with them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harnesses/engine/choice.hpp"
#include "harnesses/property/plan.hpp"
#include "harnesses/protocol/value.hpp"

namespace harness {

struct PreparedCall {
  struct Origin {
    std::size_t place;  // of the argument
    std::size_t call;   // the earlier call of the case whose result it is
  };
  std::size_t function;          // index into the functions that are called
  std::vector<Value> arguments;  // undefined where a result comes in
  Value options;                 // Object or Undefined
  std::vector<Origin> origins;
};

struct CallOutcome {
  enum class State {
    returned,
    threw,
    fulfilled,  // the promise that it returned
    rejected,
    pending,   // as long as anybody waited
    not_made,  // a call that it needs the result of failed
  };
  State state = State::not_made;
  Value value;  // the result, or what was thrown
  Value after;  // the arguments (a List) once the call had ended, where that was asked for
};
[[nodiscard]] bool gave_result(const CallOutcome& outcome);
[[nodiscard]] bool failed(const CallOutcome& outcome);

struct PropertyCase {
  std::vector<Value> given;  // by plan's
  std::vector<PreparedCall> calls;
};

// What a case showed. `expected` is what the reference did, empty without one.
struct Observed {
  PropertyCase what;
  std::vector<CallOutcome> outcomes;  // by call
  std::vector<CallOutcome> expected;
};

// `functions`: by call, index into the functions that are called.
[[nodiscard]] PropertyCase draw_case(const PropertyPlan& plan,
                                     const std::vector<std::size_t>& functions, Choices& choices);

// The arguments of a call as they were when it was made, options last: results of earlier calls
// included.
[[nodiscard]] std::vector<Value> arguments_of(const PropertyCase& what, std::size_t call,
                                              const std::vector<CallOutcome>& outcomes);

// Of all that is sent for it (harnesses/protocol/weight.hpp).
[[nodiscard]] std::size_t weight_of(const PropertyCase& what);

}  // namespace harness
