// Which tests a grading runs, and which part of them.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "judge/problem/problem.hpp"

namespace judge {

[[nodiscard]] bool applies(const Test& test, Language language);

// What is left of a test when only some criteria are asked for; nothing when that is nothing.
[[nodiscard]] std::optional<Test> restricted(Test test, const std::set<std::string>& only);

}  // namespace judge
