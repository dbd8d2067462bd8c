// Whether equal choices have equal consequences. A search repeats some cases in the process that
// has just run them, which is cheap; what goes another way there is a suspect: state that the case
// before left can do that, and chance.
#pragma once

#include <vector>

#include "harnesses/schedule/driver.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

// For each of the suspects, whatever tests they belong to, whether it went the same ways in two
// fresh processes. In both all are run several times, in the same order: what comes of state comes
// in both, and what is left to chance goes the same way twice often enough to be seen.
base::Result<std::vector<bool>> are_deterministic(Driver& driver,
                                                  const std::vector<PastCase>& suspects);

}  // namespace harness
