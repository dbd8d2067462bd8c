// Choices: the one sequence from which both data and schedules are drawn.
// Why: a case *is* its choice sequence. Replaying the sequence replays the case, and shrinking
// edits the sequence and runs it again, so no type needs a shrinker of its own (Hypothesis' idea;
// see README.md). A choice is a number below `options`; 0 is always the simplest alternative.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

// What a choice decides; strategies fix some purposes and leave the others random.
enum class Purpose {
  size,     // how many
  data,     // a plain generated value, such as an integer argument
  variant,  // in which form an input comes
  outcome,  // 0: it fulfils, 1: it fails
  value,    // which value it carries
  act,      // what the judge does next: 0 settle one, then two in one turn, then cancel
  pick,     // which running input, 0 the oldest
};

using ChoiceSequence = std::vector<std::uint64_t>;

// Where decisions come from. `weights[i]` is how often option i should come relative to the others;
// none is 0.
class ChoiceSource {
 public:
  ChoiceSource() = default;
  ChoiceSource(const ChoiceSource&) = delete;
  ChoiceSource& operator=(const ChoiceSource&) = delete;
  virtual ~ChoiceSource() = default;

  // Answers a number below weights.size().
  virtual std::uint64_t choose(Purpose purpose, std::span<const unsigned> weights) = 0;
};

// What generators and schedulers draw from: asks the source and records the answer.
class Choices {
 public:
  explicit Choices(ChoiceSource& source) : source_{source} {}

  // Below `options`, all alike. One option draws nothing and is 0.
  std::uint64_t draw(Purpose purpose, std::uint64_t options);
  std::uint64_t draw(Purpose purpose, std::span<const unsigned> weights);

  [[nodiscard]] const ChoiceSequence& drawn() const { return drawn_; }

 private:
  ChoiceSource& source_;
  ChoiceSequence drawn_;
  std::vector<unsigned> even_;
};

// Independent uniform (or weighted) draws from a seeded generator: same seed, same choices, on
// every machine.
class RandomSource final : public ChoiceSource {
 public:
  explicit RandomSource(std::uint64_t seed) : random_{seed} {}
  std::uint64_t choose(Purpose purpose, std::span<const unsigned> weights) override;

 private:
  std::mt19937_64 random_;
};

// A recorded sequence. A value too large for its options is taken modulo; past the end everything
// is 0.
class ReplaySource final : public ChoiceSource {
 public:
  explicit ReplaySource(ChoiceSequence sequence) : sequence_{std::move(sequence)} {}
  std::uint64_t choose(Purpose purpose, std::span<const unsigned> weights) override;

 private:
  ChoiceSequence sequence_;
  std::size_t next_ = 0;
};

// The fixed heuristics: some purposes are forced, the rest is random.
class HeuristicSource final : public ChoiceSource {
 public:
  enum class Order { oldest_first, newest_first };
  enum class Failing { none, one, all, random };
  HeuristicSource(Order order, Failing failing, std::uint64_t seed)
      : order_{order}, failing_{failing}, random_{seed} {}
  std::uint64_t choose(Purpose purpose, std::span<const unsigned> weights) override;

 private:
  Order order_;
  Failing failing_;
  bool failed_one_ = false;
  RandomSource random_;
};

// Enumerates every sequence once, depth first, by counting up the last choice that still has
// alternatives. `size` choices are capped at `largest`; `value` choices are not enumerated but
// random.
class ExhaustiveSource final : public ChoiceSource {
 public:
  ExhaustiveSource(std::uint64_t largest, std::uint64_t seed) : largest_{largest}, values_{seed} {}
  std::uint64_t choose(Purpose purpose, std::span<const unsigned> weights) override;

  // Moves on to the next sequence; false when all have been seen. Call after each run.
  bool advance();
  // Whether some `size` choice had more alternatives than `largest` let it have.
  [[nodiscard]] bool was_capped() const { return capped_; }

 private:
  struct Step {
    std::uint64_t value;
    std::uint64_t options;
  };
  std::uint64_t largest_;
  RandomSource values_;
  std::vector<Step> path_;
  std::size_t depth_ = 0;
  bool capped_ = false;
};

// Replay strings: base-32 groups of variable-length integers behind the tag "r1", in the base64url
// alphabet, safe in a shell and a URL. Several sequences are separated by a dot: earlier cases in
// the same process, the last fails.
[[nodiscard]] std::string to_replay_string(std::span<const ChoiceSequence> sequences);
[[nodiscard]] std::optional<std::vector<ChoiceSequence>> parse_replay_string(std::string_view text);

}  // namespace harness
