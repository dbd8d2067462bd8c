// The public shrinking challenges for some seeds each; engine_bench runs more.
#include "harnesses/engine/bench/challenges.hpp"

#include <string>

#include <doctest/doctest.h>

#include "harnesses/engine/shrink.hpp"
#include "harnesses/engine/sources.hpp"

using harness::Attempt;
using harness::Choices;
using harness::ChoiceSequence;
using harness::bench::Challenge;

namespace {

// The longest of some failing cases, so that there is much to shrink.
harness::Recording find_failing(const Challenge& challenge, std::uint64_t seed) {
  constexpr int kAmong = 5;
  harness::Recording longest;
  int found = 0;
  for (std::uint64_t attempt = 0; found < kAmong; ++attempt) {
    REQUIRE(attempt < 500'000);
    harness::RandomSource source{seed * 1'000'000 + attempt};
    Choices choices{source};
    if (!challenge.draw(choices).fails) continue;
    ++found;
    if (choices.drawn().size() > longest.choices.size()) longest = choices.recording();
  }
  return longest;
}

std::string shrunk(const Challenge& challenge, std::uint64_t seed) {
  const auto small = harness::shrink(
      find_failing(challenge, seed),
      [&](const ChoiceSequence& candidate) {
        harness::ReplaySource source{candidate};
        Choices choices{source};
        const bool fails = challenge.draw(choices).fails;
        return Attempt{choices.recording(), fails};
      },
      2000);
  CHECK(small.reached_fixpoint);
  harness::ReplaySource source{small.recording.choices};
  Choices choices{source};
  return challenge.draw(choices).text;
}

}  // namespace

TEST_SUITE("harnesses/engine/challenges") {
  TEST_CASE("every challenge shrinks to its one normal form, whatever the seed") {
    for (const Challenge& challenge : harness::bench::challenges()) {
      for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        CAPTURE(challenge.name);
        CAPTURE(seed);
        CHECK(shrunk(challenge, seed) == std::string{challenge.normal_form});
      }
    }
  }
}
