#include "harnesses/engine/statistics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "harnesses/engine/bench/jitters.hpp"

using harness::AlphaLedger;
using harness::DistributionTest;
using harness::bench::Jitter;
using harness::bench::jitters;

namespace {

double even(double x) { return std::clamp(x, 0.0, 1.0); }

std::vector<double> draw(const Jitter& jitter, std::uint64_t seed, std::size_t count) {
  std::mt19937_64 random{seed};
  std::vector<double> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(jitter.draw(random));
  return out;
}

}  // namespace

TEST_SUITE("harnesses/engine/statistics") {
  TEST_CASE("the bound on the distance is the published one at every look") {
    struct Row {
      std::size_t samples;
      double bound;
    };
    double alpha = 5e-10;
    for (const Row& row : {Row{64, .416}, Row{128, .299}, Row{256, .214}, Row{512, .154},
                           Row{1024, .110}, Row{2048, .079}, Row{4096, .057}, Row{8192, .041}}) {
      CHECK(harness::dkw_bound(row.samples, alpha) == doctest::Approx(row.bound).epsilon(0.01));
      alpha /= 2;
    }
  }

  TEST_CASE("the distance of a few samples is what one computes by hand") {
    const std::array samples = {0.9, 0.1, 0.5, 0.6};
    // Just below 0.5 only one of four has come. If it were really 0.4, that would be 0.15 too few.
    CHECK(harness::largest_distance(samples, even, 0) == doctest::Approx(0.25));
    CHECK(harness::largest_distance(samples, even, 0.1) == doctest::Approx(0.15));
    CHECK(harness::largest_distance(samples, even, 1) == 0);
  }

  TEST_CASE("a distribution with jumps is no distance from its own samples") {
    const auto coin = [](double x) { return x < 0 ? 0.0 : x < 1 ? 0.5 : 1.0; };
    const std::array samples = {0.0, 1.0, 1.0, 0.0};
    CHECK(harness::largest_distance(samples, coin, 0) == doctest::Approx(0));
    const std::array ones = {1.0, 1.0, 1.0, 1.0};
    CHECK(harness::largest_distance(ones, coin, 0) == doctest::Approx(0.5));
  }

  TEST_CASE("right jitter is not rejected in ten thousand looks") {
    const Jitter& full = jitters().front();
    REQUIRE(full.right);
    int looks = 0;
    for (std::uint64_t seed = 1; looks < 10'000; ++seed) {
      std::mt19937_64 random{seed};
      DistributionTest test{even, 0};
      for (int i = 0; i < 1024; ++i) {
        const auto look = test.add(full.draw(random));
        if (!look) continue;
        ++looks;
        CHECK_FALSE(look->rejects());
      }
    }
  }

  TEST_CASE("every wrong jitter is rejected within 16384 samples, whatever the seed") {
    for (const Jitter& jitter : jitters()) {
      if (jitter.right) continue;
      CAPTURE(jitter.name);
      for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CHECK(harness::bench::samples_to_reject(jitter, seed, 16'384) > 0);
      }
    }
  }

  TEST_CASE("delays in whole milliseconds are no wrong jitter when the rounding is said") {
    for (const double rounding : {0.0, 0.1}) {
      std::mt19937_64 random{1};
      DistributionTest test{even, rounding};
      bool rejected = false;
      for (int i = 0; i < 4096; ++i) {
        const auto look = test.add(std::floor(jitters().front().draw(random) * 10) / 10);
        rejected = rejected || (look && look->rejects());
      }
      CHECK(rejected == (rounding == 0));
    }
  }

  TEST_CASE("a sample that tells of the next one is found out, independent ones are not") {
    const std::vector<double> independent = draw(jitters().front(), 1, 4096);
    const auto fine = harness::lag_one_dependence(independent, 1e-9);
    REQUIRE(fine);
    CHECK_FALSE(fine->rejects());

    std::vector<double> rising = independent;
    for (std::size_t i = 1; i < rising.size(); ++i) rising[i] = (rising[i - 1] + rising[i]) / 2;
    const auto wandering = harness::lag_one_dependence(rising, 1e-9);
    REQUIRE(wandering);
    CHECK(wandering->rejects());
    CHECK(wandering->mean > 0);

    std::vector<double> alternating = independent;
    for (std::size_t i = 1; i < alternating.size(); i += 2) alternating[i] = -alternating[i - 1];
    CHECK(harness::lag_one_dependence(alternating, 1e-9)->mean == -1);
  }

  TEST_CASE("dependence is not claimed from ties or from too few samples") {
    CHECK_FALSE(harness::lag_one_dependence(std::array{1.0, 2.0, 3.0}, 1e-9).has_value());
    const std::vector<double> same(400, 1.0);
    CHECK(harness::lag_one_dependence(same, 1e-9)->mean == 0);
    const std::vector<double> monotone = {1, 2, 3, 4};
    CHECK_FALSE(harness::lag_one_dependence(monotone, 1e-9)->rejects());
  }

  TEST_CASE("independent samples are not called dependent in a thousand sequences") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
      const auto seen = harness::lag_one_dependence(draw(jitters().front(), seed, 256), 1e-9);
      CHECK_FALSE(seen->rejects());
    }
  }

  TEST_CASE("two instances of one seed are a herd once chance cannot explain it") {
    const std::vector<double> left = {3, 1, 4, 1, 5, 9, 2, 6};
    CHECK(harness::is_same_sequence(left, left, 1.0 / 101, 1e-9));
    CHECK_FALSE(harness::is_same_sequence(left, left, 0.5, 1e-9));
    std::vector<double> right = left;
    right.back() = 7;
    CHECK_FALSE(harness::is_same_sequence(left, right, 1.0 / 101, 1e-9));
    CHECK_FALSE(harness::is_same_sequence({}, {}, 1.0 / 101, 1e-9));
  }

  TEST_CASE("a verdict spends no more than its alpha") {
    AlphaLedger ledger;
    for (int i = 0; i < 10; ++i) {
      CHECK(ledger.spend("test " + std::to_string(i), DistributionTest::kAlpha));
    }
    CHECK_FALSE(ledger.spend("one too many", DistributionTest::kAlpha));
    CHECK(ledger.entries().size() == 10);
    CHECK(ledger.spent() == doctest::Approx(AlphaLedger::kMost));
  }
}
