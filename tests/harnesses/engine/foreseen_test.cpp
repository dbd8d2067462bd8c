#include "harnesses/engine/foreseen.hpp"

#include <array>
#include <set>
#include <vector>

#include <doctest/doctest.h>

using harness::Choices;
using harness::ChoiceSequence;
using harness::ChoiceSource;
using harness::Enumeration;
using harness::ExhaustiveSource;
using harness::ForeseenRandomSource;
using harness::Purpose;

namespace {

// As a case of one call: a size and outcomes first, then acts and picks while something is left,
// fewer the more is done at once. What comes next depends on what was answered.
ChoiceSequence draw_case(ChoiceSource& source) {
  Choices choices{source};
  std::uint64_t left = 1 + choices.draw(Purpose::size, 3);
  (void)choices.draw(Purpose::outcome, left);
  (void)choices.draw(Purpose::value, 50);
  while (left > 0) {
    constexpr std::array<unsigned, 2> kWeights = {3, 1};
    const std::uint64_t act = left > 1 ? choices.draw(Purpose::act, kWeights) : 0;
    for (std::uint64_t i = 0; i <= act; ++i, --left) (void)choices.draw(Purpose::pick, left);
  }
  return choices.drawn();
}

// Values are random; they stand behind the size and the outcome, where there was one.
ChoiceSequence without_value(ChoiceSequence drawn) {
  drawn[drawn[0] == 0 ? 1 : 2] = 0;
  return drawn;
}

std::vector<ChoiceSequence> all_of(std::uint64_t largest, std::size_t group_size) {
  Enumeration enumeration{largest, 7};
  std::vector<ChoiceSequence> all;
  while (enumeration.has_next()) {
    std::vector<std::unique_ptr<Enumeration::Source>> group;
    while (group.size() < group_size && enumeration.has_next()) group.push_back(enumeration.next());
    for (const auto& source : group) all.push_back(without_value(draw_case(*source)));
    for (const auto& source : group) enumeration.add_branches(*source);
  }
  CHECK(enumeration.was_capped() == (largest < 2));
  return all;
}

std::vector<ChoiceSequence> one_by_one(std::uint64_t largest) {
  ExhaustiveSource source{largest, 7};
  std::vector<ChoiceSequence> all;
  do {
    all.push_back(without_value(draw_case(source)));
  } while (source.advance());
  return all;
}

// Answers the schedule from numbers that somebody else foresaw, the rest from zeros.
class Numbers final : public ChoiceSource {
 public:
  explicit Numbers(std::vector<std::uint32_t> numbers) : numbers_{std::move(numbers)} {}
  std::uint64_t choose(const harness::Question& question) override {
    return harness::answer_of(question, next_ < numbers_.size() ? numbers_[next_++] : 0);
  }

 private:
  std::vector<std::uint32_t> numbers_;
  std::size_t next_ = 0;
};

// Ten acts and picks of what two weights and four names are for.
ChoiceSequence draw_schedule(ChoiceSource& source) {
  constexpr std::array<unsigned, 3> kWeights = {3, 1, 1};
  Choices choices{source};
  for (int i = 0; i < 5; ++i) {
    (void)choices.draw(Purpose::act, kWeights);
    (void)choices.draw(Purpose::pick, 4);
  }
  return choices.drawn();
}

}  // namespace

TEST_SUITE("harnesses/engine/foreseen") {
  TEST_CASE("enumerated one after the other, sequences come as from an exhaustive source") {
    for (const std::uint64_t largest : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{5}}) {
      CAPTURE(largest);
      CHECK(all_of(largest, 1) == one_by_one(largest));
    }
  }

  TEST_CASE("enumerated in groups they are the same ones, each once") {
    const std::vector<ChoiceSequence> expected = one_by_one(5);
    for (const std::size_t group : {std::size_t{2}, std::size_t{7}, std::size_t{1000}}) {
      const std::vector<ChoiceSequence> all = all_of(5, group);
      CAPTURE(group);
      CHECK(all.size() == expected.size());
      CHECK(std::set<ChoiceSequence>(all.begin(), all.end()) ==
            std::set<ChoiceSequence>(expected.begin(), expected.end()));
    }
  }

  TEST_CASE("who knows the numbers knows the schedule") {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      ForeseenRandomSource source{seed};
      Numbers foreseen{source.foresee(10)};
      CHECK(draw_schedule(source) == draw_schedule(foreseen));
    }
    Enumeration enumeration{5, 1};
    for (int i = 0; i < 200; ++i) {
      const auto source = enumeration.next();
      Numbers foreseen{source->foresee(10)};
      CHECK(draw_schedule(*source) == draw_schedule(foreseen));
      enumeration.add_branches(*source);
    }
  }

  TEST_CASE("what is foreseen comes behind what has been answered already") {
    ForeseenRandomSource source{3};
    const auto all = source.foresee(20);
    (void)draw_schedule(source);
    CHECK(source.foresee(10) == std::vector<std::uint32_t>(all.begin() + 10, all.end()));
  }

  TEST_CASE("a source that begins again answers the same") {
    ForeseenRandomSource source{5};
    const ChoiceSequence first = draw_case(source);
    CHECK_FALSE(draw_case(source) == first);
    source.rewind();
    CHECK(draw_case(source) == first);
    Enumeration enumeration{5, 1};
    for (int i = 0; i < 20; ++i) {
      const auto enumerated = enumeration.next();
      const ChoiceSequence drawn = draw_case(*enumerated);
      enumerated->rewind();
      CHECK(draw_case(*enumerated) == drawn);
      enumeration.add_branches(*enumerated);
    }
    CHECK(enumeration.has_next());
  }

  TEST_CASE("numbers come to options by weight, and begin again behind the last") {
    constexpr std::array<unsigned, 3> kWeights = {3, 0, 2};
    const harness::Question question{
        .purpose = Purpose::act, .type = harness::IntegerType{0, 2, 0}, .weights = kWeights};
    std::vector<std::uint64_t> ranks;
    for (std::uint32_t number = 0; number < 7; ++number) {
      ranks.push_back(harness::answer_of(question, number));
    }
    CHECK(ranks == std::vector<std::uint64_t>{0, 0, 0, 2, 2, 0, 0});
  }
}
