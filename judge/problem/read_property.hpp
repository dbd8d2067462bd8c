// The `property` harness's part of a test: what is drawn, what is called with it, what must hold.
#pragma once

#include <string>
#include <vector>

#include "judge/problem/fields.hpp"
#include "judge/problem/test_context.hpp"

namespace judge {

[[nodiscard]] const std::vector<std::string>& property_keys();

[[nodiscard]] PropertyTest read_property(const Fields& test, const std::vector<Language>& languages,
                                         ProblemContext& problem);

}  // namespace judge
