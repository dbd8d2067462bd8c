// The `cases` harness's part of a test: literal examples, of a program or of a function.
#pragma once

#include <string>
#include <vector>

#include "judge/problem/fields.hpp"
#include "judge/problem/test_context.hpp"

namespace judge {

[[nodiscard]] const std::vector<std::string>& cases_keys();

[[nodiscard]] CasesTest read_cases(const Fields& test, const std::vector<Language>& languages,
                                   ProblemContext& problem);

}  // namespace judge
