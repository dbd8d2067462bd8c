// Descriptions: the neutral form in which values that came from outside reach the oracle, so that
// nothing a submission returns can look like something it is not. A primitive is itself; all else
// is a list that begins with its kind.
#pragma once

#include "harnesses/protocol/value.hpp"
#include "harnesses/schedule/trace.hpp"

namespace harness {

[[nodiscard]] Value describe(const Value& value);

// A whole trace, as oracle.mjs takes it.
[[nodiscard]] Value describe(const Trace& trace, const std::string& language);

}  // namespace harness
