// Lanes: a counterexample drawn as one line for each input over time, and one for the call itself.
#pragma once

#include <string>

#include "judge/report/paint.hpp"
#include "judge/verdict/verdict.hpp"

namespace judge {

// Several lines, indented by two; nothing when the evidence has no trace.
[[nodiscard]] std::string draw_lanes(const Evidence& evidence, const Paint& paint);

}  // namespace judge
