// Strategies for schedules that are too many to enumerate: both say how much they cover.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <vector>

#include "harnesses/engine/sources.hpp"

namespace harness {

// Oldest first, but for a few deviations at random moments: another input, or another act. What few
// deviations show is found early, and reads well (delay bounding: Emmi, Qadeer, Rakamaric, POPL
// 2011).
class DeviatingSource final : public ChoiceSource {
 public:
  // `moments`: how many choices of schedule a case has, about.
  DeviatingSource(unsigned deviations, std::uint64_t moments, std::uint64_t seed);
  std::uint64_t choose(const Question& question) override;

 private:
  std::set<std::uint64_t> deviate_at_;
  std::uint64_t moment_ = 0;
  RandomSource random_;
};

// Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010): every input has a random
// priority when it first runs, the highest settles, one at a time; at depth - 1 random moments the
// highest becomes the lowest. A bug that needs `depth` ordered events among n inputs and k acts is
// hit with probability 1 / (n k^(depth - 1)) at least. Sizes are the largest possible, other
// choices random.
class PrioritySource final : public ChoiceSource {
 public:
  PrioritySource(unsigned depth, std::uint64_t acts, std::uint64_t seed);
  std::uint64_t choose(const Question& question) override;

 private:
  std::uint64_t pick(const Question& question);

  std::mt19937_64 random_;
  RandomSource others_;
  std::set<std::uint64_t> demote_at_;
  std::map<std::uint32_t, std::uint64_t> priorities_;  // by name; the higher settles first
  std::uint64_t moment_ = 0;
};

// How likely it is at most that `cases` cases of a PrioritySource all miss such a bug.
[[nodiscard]] double miss_bound(unsigned depth, std::uint64_t inputs, std::uint64_t acts,
                                std::int64_t cases);

}  // namespace harness
