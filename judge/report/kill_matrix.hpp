// The kill matrix of a problem: which wrong solutions fail which criteria. A criterion that none of
// them fails proves nothing, and a solution that fails none is not known to be wrong.
#pragma once

#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "judge/report/paint.hpp"

namespace judge {

struct KillMatrix {
  struct Row {
    std::string solution;          // a file's name
    std::set<std::string> failed;  // criteria
    std::chrono::milliseconds took{};
  };
  std::string problem;
  std::vector<std::string> criteria;  // in the problem's order
  std::vector<Row> wrong;
  std::size_t right = 0;
  std::chrono::milliseconds slowest_right{};
};

// For a terminal: a numbered legend of the criteria, a line a solution, and how often each
// criterion was failed.
[[nodiscard]] std::string to_text(const KillMatrix& matrix, const Paint& paint);

}  // namespace judge
