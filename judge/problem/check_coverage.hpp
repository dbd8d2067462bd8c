// Every criterion is checked: a claim that no test looks at would count as met.
#pragma once

#include "judge/problem/fields.hpp"
#include "judge/problem/test_context.hpp"

namespace judge {

// Reports each criterion that no test checks, for some language it is claimed for.
void check_coverage(const Fields& problem, ProblemContext& context);

}  // namespace judge
