// Evidence from cases of the property harness: literals that a person can paste.
#pragma once

#include <string>
#include <vector>

#include "harnesses/property/search.hpp"
#include "judge/problem/problem.hpp"
#include "judge/verdict/verdict.hpp"

namespace judge {

[[nodiscard]] Evidence evidence_of(const std::string& test, const PropertyTest& plan,
                                   const harness::PropertySetting& setting,
                                   const harness::PropertyFinding& finding);

// Recorded cases of the test at hand, as text.
[[nodiscard]] std::string replay_text(const std::vector<harness::ChoiceSequence>& cases);

}  // namespace judge
