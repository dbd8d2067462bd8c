// `linearizable: MODEL` of a criterion: whose answers the calls of a case must look like.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judge/problem/fields.hpp"
#include "judge/problem/problem.hpp"

namespace judge {

// The word itself, and those that belong to it.
[[nodiscard]] const std::vector<std::string>& linearizable_keys();

// Of a criterion that has the word. `schedule`: what is read of the test so far. Reports what the
// model cannot take, whatever is drawn, so that no case can meet it.
[[nodiscard]] std::optional<Linearizability> read_linearizable(const Node& criterion,
                                                               const Fields& test,
                                                               const ScheduleTest& schedule,
                                                               Diagnostics& out);

}  // namespace judge
