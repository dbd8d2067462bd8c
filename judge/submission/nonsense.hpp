// Submissions that nobody would send: whatever is asked of them, they give one and the same odd
// thing. None may be accepted, and no predicate of a problem may fail on what they give.
#pragma once

#include <vector>

#include "judge/problem/problem.hpp"
#include "judge/submission/submission.hpp"

namespace judge {

// Each named by what it gives. In JavaScript; none for a problem that does not offer it, or that
// takes programs.
[[nodiscard]] std::vector<Submission> nonsense_submissions(const Problem& problem);

}  // namespace judge
