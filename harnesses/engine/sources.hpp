// Sources of choices: seeded, recorded, by fixed heuristics, or one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "harnesses/engine/choice.hpp"

namespace harness {

// Independent draws from a seeded generator: same seed, same choices, on every machine. One source
// draws one case.
class RandomSource final : public ChoiceSource {
 public:
  explicit RandomSource(std::uint64_t seed) : random_{seed} {}
  std::uint64_t choose(const Question& question) override;

 private:
  struct Answer {
    ChoiceType type;
    std::uint64_t rank;
  };
  std::uint64_t vary(const IntegerType& type);
  std::uint64_t vary(const NumberType& type);
  // One that this case has had of the same type, if any.
  const Answer* recall(const ChoiceType& type);

  std::mt19937_64 random_;
  std::vector<Answer> varied_;  // the latest answers that were not drawn evenly
};

// A recorded sequence. What is no rank of the type asked for, and everything past the end, is
// answered with the type's simplest.
class ReplaySource final : public ChoiceSource {
 public:
  explicit ReplaySource(ChoiceSequence sequence) : sequence_{std::move(sequence)} {}
  std::uint64_t choose(const Question& question) override;

 private:
  ChoiceSequence sequence_;
  std::size_t next_ = 0;
};

// What another source has drawn already, and then what it draws next: a case that begins once more.
class ResumedSource final : public ChoiceSource {
 public:
  // `rest` outlives it.
  ResumedSource(ChoiceSequence drawn, ChoiceSource& rest)
      : left_{drawn.size()}, drawn_{std::move(drawn)}, rest_{rest} {}
  std::uint64_t choose(const Question& question) override;

 private:
  std::size_t left_;
  ReplaySource drawn_;
  ChoiceSource& rest_;
};

// The fixed heuristics: some purposes are forced, the rest is random.
class HeuristicSource final : public ChoiceSource {
 public:
  enum class Order { oldest_first, newest_first };
  enum class Failing { none, one, all, random };
  HeuristicSource(Order order, Failing failing, std::uint64_t seed)
      : order_{order}, failing_{failing}, random_{seed} {}
  std::uint64_t choose(const Question& question) override;

 private:
  Order order_;
  Failing failing_;
  bool failed_one_ = false;
  RandomSource random_;
};

// Enumerates every sequence once, depth first, by counting up the last choice that still has
// alternatives. `size` choices are capped at `largest`; `value` choices and numbers are not
// enumerated but random; what has weight 0 is left out.
class ExhaustiveSource final : public ChoiceSource {
 public:
  ExhaustiveSource(std::uint64_t largest, std::uint64_t seed) : largest_{largest}, values_{seed} {}
  std::uint64_t choose(const Question& question) override;

  // Moves on to the next sequence; false when all have been seen. Call after each run.
  bool advance();
  // Whether some `size` choice had more alternatives than `largest` let it have.
  [[nodiscard]] bool was_capped() const { return capped_; }

 private:
  struct Step {
    std::uint64_t rank;
    std::uint64_t most;
  };
  std::uint64_t largest_;
  RandomSource values_;
  std::vector<Step> path_;
  std::size_t depth_ = 0;
  bool capped_ = false;
};

}  // namespace harness
