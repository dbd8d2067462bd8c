#include "harnesses/engine/choice.hpp"

#include <array>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include <doctest/doctest.h>

#include "harnesses/engine/elements.hpp"
#include "harnesses/engine/sources.hpp"

using harness::Choices;
using harness::ChoiceSequence;
using harness::ExhaustiveSource;
using harness::HeuristicSource;
using harness::Purpose;
using harness::RandomSource;
using harness::ReplaySource;

TEST_SUITE("harnesses/engine/choice") {
  TEST_CASE("one option is no choice: nothing is asked and nothing recorded") {
    RandomSource source{1};
    Choices choices{source};
    CHECK(choices.draw(Purpose::data, 1) == 0);
    CHECK(choices.drawn().empty());
  }

  TEST_CASE("the same seed draws the same choices, another seed others") {
    const auto draw = [](std::uint64_t seed) {
      RandomSource source{seed};
      Choices choices{source};
      for (int i = 0; i < 50; ++i) (void)choices.draw(Purpose::data, 1000);
      return choices.drawn();
    };
    CHECK(draw(7) == draw(7));
    CHECK(draw(7) != draw(8));
  }

  TEST_CASE("the seeded sequence is the same on every machine") {
    RandomSource source{42};
    Choices choices{source};
    for (int i = 0; i < 5; ++i) (void)choices.draw(Purpose::data, 10);
    // std::mt19937_64 is specified to the bit; what is made of it is ours and must not drift.
    CHECK(choices.drawn() == ChoiceSequence{6, 4, 0, 2, 1});
  }

  TEST_CASE("weights are kept") {
    RandomSource source{3};
    Choices choices{source};
    constexpr std::array<unsigned, 2> kWeights = {3, 1};
    int second = 0;
    for (int i = 0; i < 4000; ++i) second += static_cast<int>(choices.draw(Purpose::act, kWeights));
    // Binomial with mean 1000 and standard deviation 27: ten deviations either way.
    CHECK(second > 730);
    CHECK(second < 1270);
  }

  TEST_CASE("of fixed options the possible ones come; one that is not means the first that is") {
    constexpr std::array<unsigned, 4> kWeights = {0, 2, 0, 1};
    std::set<std::uint64_t> random;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      RandomSource source{seed};
      Choices choices{source};
      random.insert(choices.draw_possible(Purpose::act, kWeights));
      CHECK(choices.drawn().size() == 1);
    }
    CHECK(random == std::set<std::uint64_t>{1, 3});
    for (const std::uint64_t rank : std::array<std::uint64_t, 4>{0, 1, 2, 3}) {
      ReplaySource source{{rank}};
      Choices choices{source};
      CHECK(choices.draw_possible(Purpose::act, kWeights) == (rank == 3 ? 3 : 1));
    }
    std::vector<std::uint64_t> enumerated;
    ExhaustiveSource source{10, 1};
    do {
      Choices choices{source};
      enumerated.push_back(choices.draw_possible(Purpose::act, kWeights));
    } while (source.advance());
    CHECK(enumerated == std::vector<std::uint64_t>{1, 3});
  }

  TEST_CASE("an only option that is asked for all the same is written down") {
    constexpr std::array<unsigned, 1> kOnly = {5};
    RandomSource source{1};
    Choices choices{source};
    CHECK(choices.draw_possible(Purpose::act, kOnly) == 0);
    CHECK(choices.drawn() == ChoiceSequence{0});
  }

  TEST_CASE("a replay repeats what was drawn, and is simplest where there is no rank or no more") {
    ReplaySource source{{3, 9, 1}};
    Choices choices{source};
    CHECK(choices.draw(Purpose::data, 5) == 3);
    CHECK(choices.draw(Purpose::data, 4) == 0);
    CHECK(choices.draw(Purpose::data, 2) == 1);
    CHECK(choices.draw(Purpose::data, 2) == 0);
  }

  TEST_CASE("an option of weight 0 never comes at random but can be replayed") {
    constexpr std::array<unsigned, 2> kWeights = {1, 0};
    RandomSource random{1};
    Choices drawn{random};
    for (int i = 0; i < 200; ++i) CHECK(drawn.draw(Purpose::data, kWeights) == 0);
    ReplaySource replay{{1}};
    Choices replayed{replay};
    CHECK(replayed.draw(Purpose::data, kWeights) == 1);
  }

  TEST_CASE("varied integers meet their limits, small values and values that came before") {
    std::set<std::int64_t> seen;
    int small = 0;
    int repeated = 0;
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
      RandomSource source{seed};
      Choices choices{source};
      const auto type = harness::integer_type(-1'000'000, 1'000'000);
      std::set<std::int64_t> in_this_case;
      for (int i = 0; i < 10; ++i) {
        const std::int64_t value = choices.integer(Purpose::data, type);
        REQUIRE(value >= -1'000'000);
        REQUIRE(value <= 1'000'000);
        if (value > -20 && value < 20) ++small;
        if (!in_this_case.insert(value).second && (value < -20 || value > 20)) ++repeated;
        seen.insert(value);
      }
    }
    for (const std::int64_t edge : {-1'000'000, 1'000'000, 0, -1, 1, 255, 256, -32768}) {
      CAPTURE(edge);
      CHECK(seen.contains(edge));
    }
    // Evenly, 5000 draws from two million values would give none of either.
    CHECK(small > 100);
    CHECK(repeated > 50);
  }

  TEST_CASE("varied numbers meet whole ones, fractions, -0 and, where allowed, infinity and NaN") {
    const auto type = harness::number_type(-HUGE_VAL, HUGE_VAL, true, true);
    REQUIRE(type);
    bool whole = false, fraction = false, minus_zero = false, infinite = false, nan = false;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
      RandomSource source{seed};
      Choices choices{source};
      const double value = choices.number(Purpose::data, *type);
      whole = whole || value == 17 || (value > 1000 && value == std::trunc(value));
      fraction = fraction || value != std::trunc(value);
      minus_zero = minus_zero || (value == 0 && std::signbit(value));
      infinite = infinite || std::isinf(value);
      nan = nan || std::isnan(value);
    }
    CHECK(whole);
    CHECK(fraction);
    CHECK(minus_zero);
    CHECK(infinite);
    CHECK(nan);
  }

  TEST_CASE("spans say which choices made what, and nest") {
    ReplaySource source{{1, 5, 0}};
    Choices choices{source};
    harness::draw_elements(choices, "element", {0, 3}, 0, [&] {
      const auto inner = choices.span("inside");
      (void)choices.draw(Purpose::data, 10);
    });
    const std::vector<harness::Span> expected = {
        {.label = "element", .begin = 0, .end = 2, .parent = harness::Span::kNone},
        {.label = "inside", .begin = 1, .end = 2, .parent = 0}};
    CHECK(choices.recording().spans == expected);
    CHECK(choices.drawn() == ChoiceSequence{1, 5, 0});
    CHECK(choices.recording().types.size() == 3);
  }

  TEST_CASE("lists keep to their bounds and random ones have every length up to a limit") {
    std::map<std::size_t, int> lengths;
    for (std::uint64_t seed = 0; seed < 3000; ++seed) {
      RandomSource source{seed};
      Choices choices{source};
      std::size_t length = 0;
      harness::draw_elements(choices, "element", {2, 12}, 0, [&] { ++length; });
      ++lengths[length];
    }
    CHECK(lengths.size() == 11);
    for (const auto& each : lengths) {
      CAPTURE(each.first);
      CHECK(each.first >= 2);
      CHECK(each.first <= 12);
      CHECK(each.second > 150);  // a mean of 273 and a standard deviation of 16
    }
  }

  TEST_CASE("exhaustive enumeration visits every sequence once") {
    // A tree whose shape depends on the choices: 0 ends it, 1 asks once more with three options, 2
    // with two.
    ExhaustiveSource source{100, 1};
    std::set<ChoiceSequence> seen;
    int runs = 0;
    do {
      Choices choices{source};
      const auto first = choices.draw(Purpose::size, 3);
      if (first == 1) (void)choices.draw(Purpose::pick, 3);
      if (first == 2) (void)choices.draw(Purpose::outcome, 2);
      seen.insert(choices.drawn());
      ++runs;
    } while (source.advance());
    CHECK(runs == 6);
    CHECK(seen == std::set<ChoiceSequence>{{0}, {1, 0}, {1, 1}, {1, 2}, {2, 0}, {2, 1}});
    CHECK_FALSE(source.was_capped());
  }

  TEST_CASE("exhaustive enumeration says when a size was capped") {
    ExhaustiveSource source{1, 1};
    int runs = 0;
    do {
      Choices choices{source};
      (void)choices.draw(Purpose::size, 9);
      ++runs;
    } while (source.advance());
    CHECK(runs == 2);
    CHECK(source.was_capped());
  }

  TEST_CASE("values are not enumerated, so that they do not multiply the schedules") {
    ExhaustiveSource source{100, 1};
    int runs = 0;
    do {
      Choices choices{source};
      (void)choices.draw(Purpose::value, 50);
      (void)choices.draw(Purpose::pick, 2);
      ++runs;
    } while (source.advance());
    CHECK(runs == 2);
  }

  TEST_CASE("the fixed heuristics fix order and failures and leave the rest random") {
    HeuristicSource newest{HeuristicSource::Order::newest_first, HeuristicSource::Failing::all, 5};
    Choices choices{newest};
    CHECK(choices.draw(Purpose::pick, 4) == 3);
    CHECK(choices.draw(Purpose::act, 3) == 0);
    CHECK(choices.draw(Purpose::outcome, 2) == 1);

    HeuristicSource one{HeuristicSource::Order::oldest_first, HeuristicSource::Failing::one, 5};
    Choices of_one{one};
    std::uint64_t failing = 0;
    for (int i = 0; i < 100; ++i) failing += of_one.draw(Purpose::outcome, 2);
    CHECK(failing == 1);
    CHECK(of_one.draw(Purpose::pick, 4) == 0);
  }
}
