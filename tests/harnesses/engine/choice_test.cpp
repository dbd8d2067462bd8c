#include "harnesses/engine/choice.hpp"

#include <array>
#include <map>
#include <set>
#include <vector>

#include <doctest/doctest.h>

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

  TEST_CASE(
      "a replay repeats what was drawn, takes too large values modulo and answers 0 past its end") {
    ReplaySource source{{3, 9, 1}};
    Choices choices{source};
    CHECK(choices.draw(Purpose::data, 5) == 3);
    CHECK(choices.draw(Purpose::data, 4) == 1);
    CHECK(choices.draw(Purpose::data, 2) == 1);
    CHECK(choices.draw(Purpose::data, 2) == 0);
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

TEST_SUITE("harnesses/engine/replay_string") {
  TEST_CASE("a replay string gives back the very sequences it was made of") {
    const std::vector<std::vector<ChoiceSequence>> examples = {
        {{}}, {{0}}, {{31, 32, 33}}, {{1, 2, 3}, {}, {4}}, {{0xFFFFFFFFULL, 1}, {7}}};
    for (const auto& sequences : examples) {
      const std::string text = harness::to_replay_string(sequences);
      CAPTURE(text);
      const auto parsed = harness::parse_replay_string(text);
      REQUIRE(parsed.has_value());
      CHECK(*parsed == sequences);
    }
  }

  TEST_CASE("it can be pasted into a shell and a URL as it is") {
    const std::string text =
        harness::to_replay_string(std::vector<ChoiceSequence>{{5, 70, 1000}, {1}});
    CHECK(text.find_first_not_of(
              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:.") ==
          std::string::npos);
  }

  TEST_CASE("anything else is refused") {
    for (const char* text :
         {"", "r1", "r2:AB", "AB", "r1:A B", "r1:g", "r1:A\n", "r1:____________________________"}) {
      CAPTURE(text);
      CHECK_FALSE(harness::parse_replay_string(text).has_value());
    }
  }
}
