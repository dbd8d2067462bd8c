#include "harnesses/engine/tried.hpp"

#include <doctest/doctest.h>

#include "harnesses/engine/sources.hpp"

using harness::Choices;
using harness::ChoiceSequence;
using harness::Purpose;
using harness::Recording;
using harness::ReplaySource;
using harness::Tried;

namespace {

// A length below 4, then as many choices of ten.
Recording draw(const ChoiceSequence& candidate) {
  ReplaySource source{candidate};
  Choices choices{source};
  const std::uint64_t length = choices.draw(Purpose::size, 4);
  for (std::uint64_t i = 0; i < length; ++i) (void)choices.draw(Purpose::data, 10);
  return choices.recording();
}

}  // namespace

TEST_SUITE("harnesses/engine/tried") {
  TEST_CASE("what would be drawn the same is known, however it is written") {
    Tried tried;
    tried.add(draw({2, 7, 0}));
    for (const ChoiceSequence& same : {ChoiceSequence{2, 7, 0}, ChoiceSequence{2, 7},
                                       ChoiceSequence{2, 7, 0, 5}, ChoiceSequence{2, 7, 12}}) {
      REQUIRE(tried.find(same) != nullptr);
      CHECK(tried.find(same)->choices == ChoiceSequence{2, 7, 0});
    }
  }

  TEST_CASE("what was not drawn yet is not known") {
    Tried tried;
    CHECK(tried.find({}) == nullptr);
    tried.add(draw({2, 7, 0}));
    for (const ChoiceSequence& other :
         {ChoiceSequence{}, ChoiceSequence{2}, ChoiceSequence{2, 7, 1}, ChoiceSequence{1, 7},
          ChoiceSequence{3, 7, 0}}) {
      CHECK(tried.find(other) == nullptr);
    }
  }

  TEST_CASE("a run that draws nothing is a run") {
    Tried tried;
    tried.add({});
    CHECK(tried.find({1, 2, 3}) != nullptr);
  }

  TEST_CASE("a program that draws other types than before is believed anew") {
    Tried tried;
    tried.add(draw({2, 7, 0}));
    Recording other;
    other.choices = {5};
    other.types = {harness::integer_type(0, 9)};
    tried.add(other);
    REQUIRE(tried.find({5}) != nullptr);
    CHECK(tried.find({5})->choices == ChoiceSequence{5});
    CHECK(tried.find({2, 7, 0}) == nullptr);
  }
}
