// The `schedule` harness's part of a test: what is drawn, what is called, which predicates must
// hold.
#pragma once

#include <vector>

#include "judge/problem/fields.hpp"
#include "judge/problem/test_context.hpp"

namespace judge {

[[nodiscard]] const std::vector<std::string>& schedule_keys();

[[nodiscard]] ScheduleTest read_schedule(const Fields& test, const std::vector<Language>& languages,
                                         ProblemContext& problem);

}  // namespace judge
