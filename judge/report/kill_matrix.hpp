// The kill matrix of a problem: which wrong solutions fail which criteria. A criterion that none of
// them fails proves nothing, and a solution that fails none is not known to be wrong.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "judge/report/paint.hpp"
#include "judge/verdict/verdict.hpp"

namespace judge {

struct KillMatrix {
  struct Row {
    std::string solution;          // a file's name
    std::set<std::string> failed;  // criteria
    std::optional<std::int64_t> first_kill = {};
    std::chrono::milliseconds took{};
  };
  std::string problem;
  std::vector<std::string> criteria;  // in the problem's order
  std::vector<Row> wrong;
  std::size_t right = 0;
  std::chrono::milliseconds slowest_right{};
};

// How many cases ran, over all tests, up to the first that failed a criterion; nothing when none
// did.
[[nodiscard]] std::optional<std::int64_t> cases_to_first_kill(const Verdict& verdict);

// For a terminal: a numbered legend of the criteria, a line a solution, and how often each
// criterion was failed.
[[nodiscard]] std::string to_text(const KillMatrix& matrix, const Paint& paint);

}  // namespace judge
