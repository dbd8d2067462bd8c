#include "judge/grading/effort.hpp"

#include <algorithm>
#include <chrono>
#include <variant>

namespace judge {
namespace {

using namespace std::chrono_literals;

struct Amount {
  int total;  // cases of a grading
  int least;  // of a test
  int most;
  int most_cases_scale;
  int shrinking;
  std::chrono::milliseconds cpu;  // of a test
};

Amount amount_of(Effort effort) {
  switch (effort) {
    case Effort::quick:
      return {.total = 1600,
              .least = 60,
              .most = 300,
              .most_cases_scale = 1,
              .shrinking = 300,
              .cpu = 20s};
    case Effort::normal:
      return {.total = 5000,
              .least = 120,
              .most = 800,
              .most_cases_scale = 1,
              .shrinking = 400,
              .cpu = 60s};
    case Effort::thorough:
      return {.total = 40'000,
              .least = 1200,
              .most = 8000,
              .most_cases_scale = 10,
              .shrinking = 2000,
              .cpu = 600s};
  }
  return {};
}

// Of the property harness.
struct CallAmount {
  int total;
  int least;
  int most;
  int cases_scale;
  int shrinking;
};

CallAmount call_amount_of(Effort effort) {
  switch (effort) {
    case Effort::quick:
      return {.total = 3200, .least = 200, .most = 800, .cases_scale = 1, .shrinking = 300};
    case Effort::normal:
      return {.total = 8000, .least = 500, .most = 2000, .cases_scale = 1, .shrinking = 600};
    case Effort::thorough:
      return {.total = 80'000, .least = 5000, .most = 20'000, .cases_scale = 10, .shrinking = 2000};
  }
  return {};
}

// Cases in which the object is made and nothing else: they differ in its arguments alone.
constexpr int kOfBare = 60;
bool is_bare(const ScheduleTest& test) {
  return test.operations && test.operations->steps.high == 0;
}

int most_of(const Test& test, const Amount& amount) {
  const auto* schedule = std::get_if<ScheduleTest>(&test.plan);
  if (schedule == nullptr) return amount.most;
  std::int64_t most = amount.most;
  if (schedule->most_cases) {
    most = std::min(most, *schedule->most_cases * amount.most_cases_scale);
  }
  return static_cast<int>(is_bare(*schedule) ? std::min<std::int64_t>(most, kOfBare) : most);
}

// All the same for all that can use it.
int share_of(const std::vector<Test>& tests, const Amount& amount) {
  std::vector<int> most;
  for (const Test& test : tests) most.push_back(most_of(test, amount));
  std::sort(most.begin(), most.end());
  int left = amount.total;
  int share = amount.total;
  for (std::size_t i = 0; i < most.size(); ++i) {
    share = left / static_cast<int>(most.size() - i);
    if (most[i] >= share) break;
    left -= most[i];
  }
  return std::clamp(share, amount.least, amount.most);
}

}  // namespace

std::optional<Effort> parse_effort(std::string_view word) {
  if (word == "quick") return Effort::quick;
  if (word == "normal") return Effort::normal;
  if (word == "thorough") return Effort::thorough;
  return {};
}

// Orders of one call are few enough for their small sizes to be enumerated; what many calls can be
// made of is not, so nearly all of those are drawn.
harness::SearchBudget budget_for(Effort effort, const ScheduleTest& test,
                                 const std::vector<Test>& tests, const Ablation& ablation) {
  const Amount amount = amount_of(effort);
  const int fair = share_of(tests, amount);
  const int share = is_bare(test) ? std::min(kOfBare, fair) : fair;
  const auto percent = [&](int of_share) { return share * of_share / 100; };
  const bool many_calls = test.operations.has_value();
  harness::SearchBudget budget{
      .heuristic_rounds = std::clamp(share / 100, 1, 4),
      .random = percent(many_calls ? 85 : 35),
      .deviating = percent(many_calls ? 0 : 10),
      .exhaustive = percent(many_calls ? 15 : 40),
      .prioritised = percent(many_calls ? 0 : 15),
      .shrinking = amount.shrinking,
      .most_cases_scale = amount.most_cases_scale,
      .cpu = amount.cpu,
  };
  if (!ablation.heuristics) budget.heuristic_rounds = 0;
  if (!ablation.random) budget.random = budget.deviating = budget.prioritised = 0;
  if (!ablation.exhaustive) budget.exhaustive = 0;
  return budget;
}

// A case of calls costs a hundredth of a schedule, where the program does; the author knows whether
// it does, and may say how many there are to be.
harness::PropertyBudget budget_for(Effort effort, const PropertyTest& test, std::size_t tests,
                                   const Ablation& ablation) {
  const CallAmount amount = call_amount_of(effort);
  const int share = std::clamp(amount.total / static_cast<int>(std::max<std::size_t>(1, tests)),
                               amount.least, amount.most);
  const int cases =
      test.most_cases ? static_cast<int>(*test.most_cases) * amount.cases_scale : share;
  harness::PropertyBudget budget{
      .cases = cases, .enumerated = cases / 2, .shrinking = amount.shrinking};
  if (!ablation.random) budget.cases = budget.enumerated;
  if (!ablation.exhaustive) budget.enumerated = 0;
  return budget;
}

}  // namespace judge
