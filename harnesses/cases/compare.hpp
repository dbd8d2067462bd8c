// Comparing what a program printed with what it should have printed.
// Both texts are bounded by the caller; the printed one is hostile.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "harnesses/cases/plan.hpp"

namespace harness {

// Where and how they differ, as one line for people (escaped); nothing when they agree.
//   tokens      words between white space; numbers within the tolerance, when there is one
//   exact       byte for byte
//   unordered   lines in any order, byte for byte, a missing last line feed aside
//   json_lines  each line a JSON value, compared by value; blank lines do not count
[[nodiscard]] std::optional<std::string> difference(std::string_view expected,
                                                    std::string_view printed,
                                                    const Comparison& comparison);

}  // namespace harness
