#include "sandbox/filter/nearest_name.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace sandbox {
namespace {

// How many letters have to be put in, taken out, changed or swapped with their neighbour.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const std::size_t changed = a[i - 1] == b[j - 1] ? 0 : 1;
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + changed});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::string did_you_mean(std::string_view word, std::span<const std::string> names) {
  constexpr std::size_t kLongest = 64;  // what is longer is no mistyped name
  if (word.size() > kLongest) return "";
  std::size_t best = std::min<std::size_t>(3, word.size());
  std::string found;
  for (const std::string& name : names) {
    const std::size_t letters = distance(word, name);
    if (letters >= best) continue;
    best = letters;
    found = name;
  }
  return found.empty() ? "" : "; did you mean '" + found + "'?";
}

}  // namespace sandbox
