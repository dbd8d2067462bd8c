#include "harnesses/engine/shorten_history.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <doctest/doctest.h>

namespace {

struct Shortened {
  std::vector<int> cases;
  std::size_t ran;  // cases, altogether
};

// Of the numbers from 0 to 99 a history needs `needed`, and 99, which fails.
Shortened shorten(const std::vector<int>& needed, std::size_t most_cases) {
  std::vector<int> all;
  for (int i = 0; i < 100; ++i) all.push_back(i);
  Shortened out{.cases = {}, .ran = 0};
  const auto fails = [&](const std::vector<int>& cases) -> base::Result<bool> {
    out.ran += cases.size();
    return cases.back() == 99 && std::all_of(needed.begin(), needed.end(), [&](int each) {
             return std::find(cases.begin(), cases.end(), each) != cases.end();
           });
  };
  const auto shortened = harness::shorten_history(all, most_cases, fails);
  REQUIRE(shortened.has_value());
  out.cases = *shortened;
  return out;
}

}  // namespace

TEST_SUITE("harnesses/engine/shorten_history") {
  TEST_CASE("what a failure needs is left, in its order, and the failing case last") {
    CHECK(shorten({7, 50}, 100'000).cases == std::vector<int>{7, 50, 99});
    CHECK(shorten({}, 100'000).cases == std::vector<int>{99});
  }

  TEST_CASE("no more cases are run than allowed, and what was reached by then still fails") {
    const Shortened some = shorten({7, 50}, 300);
    CHECK(some.ran <= 300);
    CHECK(some.cases.size() < 100);
    for (const int needed : {7, 50}) {
      CHECK(std::find(some.cases.begin(), some.cases.end(), needed) != some.cases.end());
    }
    CHECK(some.cases.back() == 99);
    CHECK(shorten({7, 50}, 10).cases.size() == 100);
  }

  TEST_CASE("a history of which everything is needed costs what is allowed and no more") {
    std::vector<int> all;
    for (int i = 0; i < 99; ++i) all.push_back(i);
    CHECK(shorten(all, 2000).ran <= 2000);
    CHECK(shorten(all, 2000).cases.size() == 100);
  }
}
