#include "harnesses/engine/strategies.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

using harness::Choices;
using harness::DeviatingSource;
using harness::PrioritySource;
using harness::Purpose;

namespace {

// Settles `inputs` inputs that all run at once; answers in which order.
std::vector<std::uint32_t> settle_all(harness::ChoiceSource& source, std::uint32_t inputs) {
  static constexpr unsigned kActs[] = {3, 1};
  Choices choices{source};
  std::vector<std::uint32_t> running;
  for (std::uint32_t i = 0; i < inputs; ++i) running.push_back(i);
  std::vector<std::uint32_t> order;
  while (!running.empty()) {
    (void)choices.draw(Purpose::act, kActs);
    const auto at = running.begin() + static_cast<std::ptrdiff_t>(choices.pick(running));
    order.push_back(*at);
    running.erase(at);
  }
  return order;
}

}  // namespace

TEST_SUITE("harnesses/engine/strategies") {
  TEST_CASE("without deviations the oldest comes first, with few nearly so") {
    const std::vector<std::uint32_t> oldest_first{0, 1, 2, 3, 4, 5};
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      DeviatingSource none{0, 12, seed};
      CHECK(settle_all(none, 6) == oldest_first);
      DeviatingSource one{1, 12, seed};
      const auto order = settle_all(one, 6);
      // One deviation moves one input forward; the others keep their order.
      std::size_t descents = 0;
      for (std::size_t i = 1; i < order.size(); ++i) descents += order[i] < order[i - 1] ? 1U : 0U;
      CHECK(descents <= 1);
    }
  }

  TEST_CASE("deviations reach every single change of order") {
    std::vector<std::vector<std::uint32_t>> seen;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
      DeviatingSource one{1, 6, seed};
      const auto order = settle_all(one, 3);
      if (std::find(seen.begin(), seen.end(), order) == seen.end()) seen.push_back(order);
    }
    // 012, one of two others first, or the last before the second.
    CHECK(seen.size() == 4);
  }

  TEST_CASE("a given order of three is met as often as the bound says, at least") {
    constexpr std::uint64_t kInputs = 5;
    constexpr int kCases = 4000;
    int met = 0;
    for (std::uint64_t seed = 0; seed < kCases; ++seed) {
      PrioritySource source{3, kInputs, seed};
      const auto order = settle_all(source, kInputs);
      const auto place = [&](std::uint32_t input) {
        return std::find(order.begin(), order.end(), input) - order.begin();
      };
      if (place(4) < place(1) && place(1) < place(3)) ++met;
    }
    CHECK(met >= kCases / static_cast<int>(kInputs * kInputs * kInputs));
  }

  TEST_CASE("sizes are the largest") {
    PrioritySource source{3, 5, 1};
    Choices choices{source};
    CHECK(choices.draw(Purpose::size, 9) == 8);
  }

  TEST_CASE("the miss bound shrinks with cases, and grows with inputs and acts") {
    CHECK(harness::miss_bound(3, 5, 5, 0) == doctest::Approx(1));
    CHECK(harness::miss_bound(3, 5, 5, 1) == doctest::Approx(1 - 1.0 / 125));
    CHECK(harness::miss_bound(3, 5, 5, 1000) == doctest::Approx(0.000325).epsilon(0.01));
    CHECK(harness::miss_bound(3, 8, 8, 100) > harness::miss_bound(3, 5, 5, 100));
  }
}
