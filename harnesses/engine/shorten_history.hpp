// Shortening the history of a failure that needs earlier cases in the same process.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "sandbox/base/result.hpp"

namespace harness {

// Drops as many cases before the last one as possible, the oldest first, halving the step, and
// running at most `most_cases` altogether. `cases` fail as they are; `fails` answers a
// base::Result<bool> for fewer of them.
template <typename Case, typename Fails>
base::Result<std::vector<Case>> shorten_history(std::vector<Case> cases, std::size_t most_cases,
                                                const Fails& fails) {
  for (std::size_t step = std::max<std::size_t>(1, (cases.size() - 1) / 2); step > 0; step /= 2) {
    for (std::size_t from = 0; from + step < cases.size();) {
      std::vector<Case> fewer = cases;
      const auto begin = fewer.begin() + static_cast<std::ptrdiff_t>(from);
      fewer.erase(begin, begin + static_cast<std::ptrdiff_t>(step));
      if (fewer.size() > most_cases) return cases;
      most_cases -= fewer.size();
      JUDGE_TRY(const bool still, fails(fewer));
      if (still) {
        cases = std::move(fewer);
      } else {
        from += step;
      }
    }
  }
  return cases;
}

}  // namespace harness
