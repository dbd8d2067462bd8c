#include "harnesses/engine/shrink.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <doctest/doctest.h>

#include "harnesses/engine/descent.hpp"
#include "harnesses/engine/elements.hpp"
#include "harnesses/engine/passes.hpp"
#include "harnesses/engine/sources.hpp"

using harness::Attempt;
using harness::ChoiceSequence;
using harness::RandomSource;
using harness::Recording;

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
  const auto run = [&](const ChoiceSequence& candidate) {
    harness::ReplaySource source{candidate};
    harness::Choices choices{source};
    const bool failed = fails(draw_list(choices, longest, largest));
    return Attempt{choices.recording(), failed};
  };
  for (std::uint64_t attempt = seed * 1000;; ++attempt) {
    RandomSource source{attempt};
    harness::Choices choices{source};
    if (!fails(draw_list(choices, longest, largest))) continue;
    const auto shrunk = harness::shrink(choices.recording(), run, 5000);
    harness::ReplaySource replay{shrunk.recording.choices};
    harness::Choices again{replay};
    return draw_list(again, longest, largest);
  }
}

// As if these ranks had been drawn, each below 100.
Recording flat(const ChoiceSequence& ranks) {
  return {.choices = ranks,
          .types = std::vector<harness::ChoiceType>(ranks.size(), harness::integer_type(0, 99)),
          .spans = {}};
}

std::uint64_t mix(std::uint64_t state, std::uint64_t value) {
  state = (state ^ value) * 0x9E3779B97F4A7C15U;
  return state ^ (state >> 29);
}

std::uint64_t draw_shapeless(harness::Choices& choices, std::uint64_t state, int depth) {
  using harness::Purpose;
  const auto span = choices.span(state % 2 == 0 ? "even" : "odd");
  const harness::ListSize size{state % 3, state % 3 + state % 7};
  harness::draw_elements(choices, "element", size, 0, [&] {
    switch (state % 5) {
      case 0:
        if (depth < 3) state = mix(state, draw_shapeless(choices, state, depth + 1));
        break;
      case 1:
        for (auto left = choices.draw(Purpose::size, 2 + state % 9); left > 0; --left) {
          state = mix(state, choices.draw(Purpose::data, 20));
        }
        break;
      case 2:
        state = mix(state, *harness::rank_of_number(choices.number(
                               Purpose::data, *harness::number_type(-1e6, 1e6, true, true))));
        break;
      default:
        state = mix(state, static_cast<std::uint64_t>(
                               choices.integer(Purpose::data, harness::integer_type(-50, 1000))));
    }
  });
  return state;
}

bool shapeless(harness::Choices& choices, std::uint64_t seed) {
  return draw_shapeless(choices, mix(seed, 1), 0) % 3 != 0;
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
        flat({3, 1, 4}),
        [](const ChoiceSequence& candidate) {
          return Attempt{flat(candidate), false};
        },
        1000);
    CHECK(shrunk.recording.choices == ChoiceSequence{3, 1, 4});
    CHECK(shrunk.reached_fixpoint);
  }

  TEST_CASE("it stops when the evaluations are used up, and says so") {
    int calls = 0;
    const auto shrunk = harness::shrink(
        flat(ChoiceSequence(200, 50)),
        [&](const ChoiceSequence& candidate) {
          ++calls;
          ChoiceSequence drawn = candidate;
          drawn.resize(200);  // nothing may go away, only become smaller
          const bool fails = drawn.front() > 10;
          return Attempt{flat(drawn), fails};
        },
        3);
    CHECK(calls == 3);
    CHECK(shrunk.evaluations == 3);
    CHECK_FALSE(shrunk.reached_fixpoint);
  }

  TEST_CASE("nothing that would be drawn the same is run twice, nor anything that is not simpler") {
    std::set<ChoiceSequence> seen;
    ChoiceSequence best = {50, 3, 60, 60, 2};
    (void)harness::shrink(
        flat(best),
        [&](const ChoiceSequence& candidate) {
          ChoiceSequence drawn = candidate;
          drawn.resize(5);
          CHECK(harness::is_simpler(candidate, best));
          CHECK(seen.insert(drawn).second);
          const bool fails = drawn[0] >= 20 && drawn[2] == drawn[3];
          if (fails && harness::is_simpler(drawn, best)) best = drawn;
          return Attempt{flat(drawn), fails};
        },
        5000);
    CHECK(best == ChoiceSequence{20, 0, 0, 0, 0});
  }

  TEST_CASE("a candidate that could not be run tells nothing of the others") {
    int calls = 0;
    const auto shrunk = harness::shrink(
        flat({3, 1, 4}),
        [&](const ChoiceSequence& candidate) {
          if (++calls <= 3) return Attempt{{}, false};
          return Attempt{flat(candidate), candidate.size() == 1 && candidate[0] > 0};
        },
        1000);
    CHECK(shrunk.recording.choices == ChoiceSequence{1});
  }

  TEST_CASE("a pass bears that what it walks over becomes much shorter than it proposed") {
    int shorter_by_one = 0;
    const harness::RunCandidate run = [&](const ChoiceSequence& candidate) {
      if (candidate.size() == 10) return Attempt{flat({4, 1, 2, 3, 4, 5, 6, 7, 8}), false};
      if (candidate.size() == 9 && ++shorter_by_one == 6) return Attempt{flat({4, 1, 1}), true};
      return Attempt{flat(candidate), false};
    };
    harness::Descent descent{flat({5, 1, 2, 3, 4, 5, 6, 7, 8, 9}), run, 100};
    harness::lower_and_delete(descent);
    CHECK(descent.best().choices == ChoiceSequence{4, 1, 1});
  }

  // A program of any shape: what it asks next depends on all it was answered before, and so does
  // whether it fails.
  TEST_CASE("it bears whatever the program does, and what it returns still fails") {
    for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
      const auto run = [&](const ChoiceSequence& candidate) {
        harness::ReplaySource source{candidate};
        harness::Choices choices{source};
        const bool failed = shapeless(choices, seed);
        return Attempt{choices.recording(), failed};
      };
      harness::RandomSource source{seed};
      harness::Choices choices{source};
      if (!shapeless(choices, seed)) continue;
      const auto shrunk = harness::shrink(choices.recording(), run, 600);
      CHECK(shrunk.evaluations <= 600);
      const Attempt again = run(shrunk.recording.choices);
      CHECK(again.fails);
      CHECK(again.drawn.choices == shrunk.recording.choices);
      CHECK_FALSE(harness::is_simpler(choices.drawn(), shrunk.recording.choices));
    }
  }

  TEST_CASE("a number becomes whole, else short, as far as the failure allows") {
    struct Row {
      double least;
      double shrunk;
    };
    for (const Row& row : {Row{-1e9, 0}, Row{12.3, 13}, Row{1000, 1000}, Row{1e100, 0}}) {
      const auto type = *harness::number_type(-HUGE_VAL, HUGE_VAL, true, true);
      const auto run = [&](const ChoiceSequence& candidate) {
        harness::ReplaySource source{candidate};
        harness::Choices choices{source};
        const double value = choices.number(harness::Purpose::data, type);
        return Attempt{choices.recording(), value >= row.least || row.least == 1e100};
      };
      const std::uint64_t start = *harness::rank_of_number(123456.789);
      const auto shrunk =
          harness::shrink({.choices = {start}, .types = {type}, .spans = {}}, run, 500);
      CHECK(harness::number_at(shrunk.recording.choices.front()) == row.shrunk);
    }
  }

  TEST_CASE("a fraction that must stay one becomes a short one") {
    const auto type = *harness::number_type(-HUGE_VAL, HUGE_VAL, true, true);
    const auto run = [&](const ChoiceSequence& candidate) {
      harness::ReplaySource source{candidate};
      harness::Choices choices{source};
      const double value = choices.number(harness::Purpose::data, type);
      return Attempt{choices.recording(), value != std::trunc(value)};
    };
    const std::uint64_t start = *harness::rank_of_number(-98.76543);
    const auto shrunk =
        harness::shrink({.choices = {start}, .types = {type}, .spans = {}}, run, 500);
    CHECK(harness::number_at(shrunk.recording.choices.front()) == 0.1);
  }
}
