// The verdict as JSON, as verdict.schema.json describes it. Key order and figures are stable: two
// gradings of the same submission differ in `usage` alone.
#pragma once

#include <string>

#include "judge/verdict/verdict.hpp"

namespace judge {

// Ends with a line feed. Ill-formed text from a program is replaced, never passed on.
[[nodiscard]] std::string to_json(const Verdict& verdict);

}  // namespace judge
