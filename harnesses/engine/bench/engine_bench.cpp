// engine_bench [SEEDS [AMONG]]: how well shrinking reaches one normal form on the public shrinking
// challenges, and what it costs in evaluations and time. Begins with the longest of the first AMONG
// failing cases (default 1). Then how many samples it takes to reject wrong jitter. Asserts
// nothing.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "harnesses/engine/bench/challenges.hpp"
#include "harnesses/engine/bench/jitters.hpp"
#include "harnesses/engine/shrink.hpp"
#include "harnesses/engine/sources.hpp"

namespace {

using harness::Attempt;
using harness::Choices;
using harness::ChoiceSequence;
using harness::Recording;
using harness::bench::Challenge;
using harness::bench::Sample;

constexpr int kMostTries = 200'000;
constexpr int kMostEvaluations = 20'000;

// The longest of the first `among` failing cases.
std::optional<Recording> find_failing(const Challenge& challenge, std::uint64_t seed, int among) {
  std::optional<Recording> longest;
  for (std::uint64_t attempt = 0; attempt < kMostTries && among > 0; ++attempt) {
    harness::RandomSource source{seed * 0x9E3779B97F4A7C15U + attempt};
    Choices choices{source};
    if (!challenge.draw(choices).fails) continue;
    --among;
    if (!longest || choices.drawn().size() > longest->choices.size()) longest = choices.recording();
  }
  return longest;
}

struct Row {
  std::string name;
  int seeds;
  int not_found = 0;
  std::map<std::string, int> results;
  std::vector<int> evaluations;
  double choices_at_start = 0;
  double milliseconds = 0;
};

Row measure(const Challenge& challenge, int seeds, int among) {
  Row row{.name = challenge.name, .seeds = seeds, .results = {}, .evaluations = {}};
  for (int seed = 1; seed <= seeds; ++seed) {
    const auto failing = find_failing(challenge, static_cast<std::uint64_t>(seed), among);
    if (!failing) {
      ++row.not_found;
      continue;
    }
    row.choices_at_start += static_cast<double>(failing->choices.size());
    const auto before = std::chrono::steady_clock::now();
    const auto shrunk = harness::shrink(
        *failing,
        [&](const ChoiceSequence& candidate) {
          harness::ReplaySource source{candidate};
          Choices choices{source};
          const bool fails = challenge.draw(choices).fails;
          return Attempt{choices.recording(), fails};
        },
        kMostEvaluations);
    const auto spent = std::chrono::steady_clock::now() - before;
    row.milliseconds += std::chrono::duration<double, std::milli>(spent).count();
    harness::ReplaySource source{shrunk.recording.choices};
    Choices choices{source};
    ++row.results[challenge.draw(choices).text];
    row.evaluations.push_back(shrunk.evaluations);
  }
  return row;
}

void print(Row row) {
  if (row.evaluations.empty()) {
    std::printf("%-28s %9d  found nothing\n", row.name.c_str(), row.not_found);
    return;
  }
  const auto frequent =
      std::max_element(row.results.begin(), row.results.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  const auto found = static_cast<double>(row.evaluations.size());
  std::sort(row.evaluations.begin(), row.evaluations.end());
  const double total = std::accumulate(row.evaluations.begin(), row.evaluations.end(), 0.0);
  std::printf("%-28s %9d %6.0f %8zu %4d/%-4d %6.0f %6d %7.2f  %s\n", row.name.c_str(),
              row.not_found, row.choices_at_start / found, row.results.size(), frequent->second,
              row.seeds, total / found, row.evaluations[row.evaluations.size() * 9 / 10],
              row.milliseconds / found, frequent->first.c_str());
}

// Median over 40 simulations; looks are at 64, 128, ... 16384 samples.
void print_jitters() {
  constexpr int kRepeats = 40;
  constexpr std::size_t kMostSamples = 16'384;
  std::printf("\n%-28s %s\n", "jitter against full [0, d]", "median samples to reject");
  for (const harness::bench::Jitter& jitter : harness::bench::jitters()) {
    std::vector<std::size_t> samples;
    for (std::uint64_t seed = 1; seed <= kRepeats; ++seed) {
      const std::size_t n = harness::bench::samples_to_reject(jitter, seed, kMostSamples);
      samples.push_back(n == 0 ? 2 * kMostSamples : n);
    }
    std::sort(samples.begin(), samples.end());
    const std::size_t median = samples[kRepeats / 2];
    const std::string text = median > kMostSamples ? "never" : std::to_string(median);
    std::printf("%-28s %s\n", jitter.name, text.c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  const int seeds = argc > 1 ? std::atoi(argv[1]) : 100;
  const int among = argc > 2 ? std::atoi(argv[2]) : 1;
  if (argc > 3 || seeds < 1 || among < 1) {
    std::fputs("usage: engine_bench [SEEDS [AMONG]]\n", stderr);
    return 2;
  }
  std::printf("%-28s %9s %6s %8s %9s %6s %6s %7s  %s\n", "challenge", "not found", "start",
              "distinct", "share", "mean", "p90", "ms", "most frequent result");
  for (const Challenge& challenge : harness::bench::challenges()) {
    print(measure(challenge, seeds, among));
  }
  print_jitters();
  return 0;
}
