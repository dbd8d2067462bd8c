// Effort: how many cases a grading may run, as `--budget` says.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harnesses/property/search.hpp"
#include "harnesses/schedule/explore.hpp"
#include "judge/problem/problem.hpp"

namespace judge {

enum class Effort { quick, normal, thorough };
[[nodiscard]] std::optional<Effort> parse_effort(std::string_view word);

// Parts of the search that can be left out, to see what finds nothing without them.
struct Ablation {
  bool pairs = true;       // two acts in one turn
  bool random = true;      // cases drawn at random, by few deviations and by priorities too
  bool exhaustive = true;  // every schedule of small sizes
  bool heuristics = true;
  bool operator==(const Ablation&) const = default;
};

// Of one of `tests`: a problem with many spends less on each, because what counts is how long a
// grading takes. What a test has no use for goes to the others.
[[nodiscard]] harness::SearchBudget budget_for(Effort effort, const ScheduleTest& test,
                                               const std::vector<Test>& tests,
                                               const Ablation& ablation);
[[nodiscard]] harness::PropertyBudget budget_for(Effort effort, const PropertyTest& test,
                                                 std::size_t tests, const Ablation& ablation);

}  // namespace judge
