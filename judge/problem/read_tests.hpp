// `tests`: each with its harness and the languages it runs for.
#pragma once

#include <vector>

#include "judge/problem/fields.hpp"
#include "judge/problem/test_context.hpp"

namespace judge {

[[nodiscard]] std::vector<Test> read_tests(const Fields& fields, ProblemContext& problem);

}  // namespace judge
