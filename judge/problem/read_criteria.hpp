// `criteria`: what a submission must do, each with its weight.
#pragma once

#include <vector>

#include "judge/problem/fields.hpp"
#include "judge/problem/problem.hpp"

namespace judge {

[[nodiscard]] std::vector<Criterion> read_criteria(const Fields& problem,
                                                   const std::vector<LanguageSupport>& offered,
                                                   Diagnostics& out);

}  // namespace judge
