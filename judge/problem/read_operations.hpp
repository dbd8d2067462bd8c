// `object`, `factory`, `operations`, `steps` and `time`: the many calls of a schedule test.
#pragma once

#include <vector>

#include "judge/problem/fields.hpp"
#include "judge/problem/read_call.hpp"
#include "judge/problem/test_context.hpp"

namespace judge {

// `drawn` are the test's givens, whose names are in `given`.
[[nodiscard]] OperationsPlan read_operations(const Fields& test,
                                             const std::vector<Language>& languages,
                                             const std::vector<Given>& drawn, GivenNames& given,
                                             ProblemContext& problem);

}  // namespace judge
