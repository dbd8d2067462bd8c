#include "harnesses/engine/replay_string.hpp"

#include <doctest/doctest.h>

using harness::ChoiceSequence;
using harness::RecordedCase;

TEST_SUITE("harnesses/engine/replay_string") {
  TEST_CASE("a replay string gives back the very cases it was made of") {
    const std::vector<std::vector<RecordedCase>> examples = {
        {{"", {}}},
        {{"", {0}}},
        {{"", {31, 32, 33}}},
        {{"", {1, 2, 3}}, {"", {}}, {"", {4}}},
        {{"", {0xFFFFFFFFULL, 1}}, {"", {~0ULL}}},
        {{"another-test", {1, 2}}, {"", {3}}, {"x2", {}}}};
    for (const auto& cases : examples) {
      const std::string text = harness::to_replay_string(cases);
      CAPTURE(text);
      const auto parsed = harness::parse_replay_string(text);
      REQUIRE(parsed.has_value());
      CHECK(*parsed == cases);
    }
  }

  TEST_CASE("it can be pasted into a shell and a URL as it is") {
    const std::string text = harness::to_replay_string(
        std::vector<RecordedCase>{{"any-order", {5, 70, 1000}}, {"", {1}}});
    CHECK(text.find_first_not_of(
              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:.") ==
          std::string::npos);
  }

  TEST_CASE("anything else is refused") {
    // r2:gA is 0 in two characters, the last one more than 64 bits.
    for (const char* text : {"", "r2", "r1:AB", "AB", "r2:A B", "r2:g", "r2:gA", "r2:A\n",
                             "r2:A=", "r2:____________________________", "r2:____________Q",
                             "r2::A", "r2:Name:A", "r2:a:b:A"}) {
      CAPTURE(text);
      CHECK_FALSE(harness::parse_replay_string(text).has_value());
    }
  }

  TEST_CASE("it is one character for each small choice, and 13 for the largest") {
    CHECK(harness::to_replay_string(ChoiceSequence{0, 1, 31}) == "r2:ABf");
    CHECK(harness::to_replay_string(ChoiceSequence{~0ULL}).size() == 3 + 13);
  }

  TEST_CASE("there are bounds on how much is read") {
    const auto parses = [](const std::string& text) {
      return harness::parse_replay_string(text).has_value();
    };
    CHECK(parses("r2:" + std::string(100'000, 'A')));
    CHECK_FALSE(parses("r2:" + std::string(100'001, 'A')));
    CHECK(parses("r2:" + std::string(999, '.')));
    CHECK_FALSE(parses("r2:" + std::string(1000, '.')));
  }
}
