#include "harnesses/engine/shrink.hpp"

#include <algorithm>
#include <numeric>

#include <doctest/doctest.h>

using harness::ChoiceSequence;
using harness::RandomSource;

namespace {

// A list as generators draw it: a length, then its elements.
std::vector<std::uint64_t> draw_list(harness::Choices& choices, std::uint64_t longest,
                                     std::uint64_t largest) {
  std::vector<std::uint64_t> list(choices.draw(harness::Purpose::size, longest + 1));
  for (auto& item : list) item = choices.draw(harness::Purpose::data, largest + 1);
  return list;
}

template <typename Fails>
std::vector<std::uint64_t> shrunk_list(std::uint64_t seed, std::uint64_t longest,
                                       std::uint64_t largest, Fails fails) {
  std::vector<std::uint64_t> last;
  const harness::StillFails still_fails =
      [&](const ChoiceSequence& candidate) -> std::optional<ChoiceSequence> {
    harness::ReplaySource source{candidate};
    harness::Choices choices{source};
    const auto list = draw_list(choices, longest, largest);
    if (!fails(list)) return {};
    return choices.drawn();
  };
  for (std::uint64_t attempt = seed * 1000;; ++attempt) {
    RandomSource source{attempt};
    harness::Choices choices{source};
    if (!fails(draw_list(choices, longest, largest))) continue;
    const auto shrunk = harness::shrink(choices.drawn(), still_fails, 5000);
    harness::ReplaySource replay{shrunk.sequence};
    harness::Choices again{replay};
    return draw_list(again, longest, largest);
  }
}

}  // namespace

TEST_SUITE("harnesses/engine/shrink") {
  TEST_CASE("simpler is shorter first, then smaller from the left") {
    CHECK(harness::is_simpler({9}, {0, 0}));
    CHECK(harness::is_simpler({0, 9}, {1, 0}));
    CHECK_FALSE(harness::is_simpler({1, 0}, {1, 0}));
  }

  TEST_CASE("a list that must not be longer than three shrinks to four zeros, whatever the seed") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      const auto list = shrunk_list(seed, 20, 1000, [](const auto& l) { return l.size() > 3; });
      CHECK(list == std::vector<std::uint64_t>{0, 0, 0, 0});
    }
  }

  TEST_CASE("a list that must hold nothing above 900 shrinks to the smallest offender alone") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      const auto list = shrunk_list(seed, 20, 1000, [](const auto& l) {
        return std::any_of(l.begin(), l.end(), [](auto x) { return x > 900; });
      });
      CHECK(list == std::vector<std::uint64_t>{901});
    }
  }

  TEST_CASE("a list that must be sorted shrinks to the smallest unsorted pair") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      const auto list = shrunk_list(
          seed, 12, 100, [](const auto& l) { return !std::is_sorted(l.begin(), l.end()); });
      CHECK(list == std::vector<std::uint64_t>{1, 0});
    }
  }

  TEST_CASE("what does not fail any simpler is left as it is") {
    const auto shrunk = harness::shrink(
        {3, 1, 4}, [](const ChoiceSequence&) { return std::nullopt; }, 1000);
    CHECK(shrunk.sequence == ChoiceSequence{3, 1, 4});
    CHECK(shrunk.reached_fixpoint);
  }

  TEST_CASE("it stops when the evaluations are used up, and says so") {
    int calls = 0;
    const auto shrunk = harness::shrink(
        ChoiceSequence(200, 50),
        [&](const ChoiceSequence& candidate) -> std::optional<ChoiceSequence> {
          ++calls;
          if (candidate.size() < 200) return {};  // nothing may go away, only become smaller
          return candidate;
        },
        3);
    CHECK(calls == 3);
    CHECK(shrunk.evaluations == 3);
    CHECK_FALSE(shrunk.reached_fixpoint);
  }
}
