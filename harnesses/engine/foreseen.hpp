// Foreseen sources: what they answer about a schedule (acts and picks) follows from numbers that
// can be told before anything is asked, and from how many options there are. Whoever has the
// numbers can carry a schedule out by himself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "harnesses/engine/sources.hpp"

namespace harness {

// Which answer the number comes to: every option that is possible has as many numbers as its
// weight, in turn, and they begin again behind the last. Without weights each has one.
[[nodiscard]] std::uint64_t answer_of(const Question& question, std::uint32_t number);

class ForeseenSource : public ChoiceSource {
 public:
  std::uint64_t choose(const Question& question) final;

  // Those that answer the next `count` choices of a schedule, if there are as many.
  [[nodiscard]] std::vector<std::uint32_t> foresee(std::size_t count);

  // Begins again: the same answers to the same questions.
  virtual void rewind() { next_ = 0; }

 protected:
  virtual std::uint64_t choose_other(const Question& question) = 0;
  // What answers choice number `at` of the schedule.
  virtual std::uint32_t number(std::size_t at) = 0;
  // A choice of the schedule has been answered.
  virtual void note_scheduled(const Question& /*question*/, std::uint64_t /*rank*/) {}

 private:
  std::size_t next_ = 0;
};

// As RandomSource.
class ForeseenRandomSource final : public ForeseenSource {
 public:
  explicit ForeseenRandomSource(std::uint64_t seed) : seed_{seed}, others_{std::in_place, seed} {}
  void rewind() override;

 private:
  std::uint64_t choose_other(const Question& question) override;
  std::uint32_t number(std::size_t at) override;

  std::uint64_t seed_;
  std::optional<RandomSource> others_;  // there: replaced to begin again
};

// Every sequence once, as ExhaustiveSource; but several can be handed out before any has run. Each
// leads to those that branch off it, behind what it was told to answer: the newest first, so that
// one after the other they come depth first.
class Enumeration {
 public:
  Enumeration(std::uint64_t largest, std::uint64_t seed) : largest_{largest}, seed_{seed} {}

  class Source;
  // Nothing when all that is known of has been handed out.
  [[nodiscard]] std::unique_ptr<Source> next();
  [[nodiscard]] bool has_next() const { return !begun_ || !branches_.empty(); }
  // To be told of every source that ran.
  void add_branches(const Source& ran);

  // Whether some `size` choice had more alternatives than `largest` let it have.
  [[nodiscard]] bool was_capped() const { return capped_; }

 private:
  struct Step {
    std::uint64_t rank;
    std::uint32_t number;  // that comes to it
  };
  // What else could have been answered.
  struct Options {
    std::uint64_t most;
    std::vector<unsigned> weights;  // by rank; empty: all come
    [[nodiscard]] std::optional<Step> behind(std::uint64_t rank) const;
  };
  struct Branch {
    std::shared_ptr<const std::vector<Step>> path;
    std::size_t depth;  // where it leaves the path
    Step step;          // what is answered there instead
    Options options;    // that were there
  };

  std::uint64_t largest_;
  std::uint64_t seed_;
  std::uint64_t handed_out_ = 0;
  bool begun_ = false;
  bool capped_ = false;
  std::vector<Branch> branches_;
};

class Enumeration::Source final : public ForeseenSource {
 public:
  Source(std::vector<Step> told, std::uint64_t largest, std::uint64_t seed)
      : told_{std::move(told)}, largest_{largest}, seed_{seed}, values_{std::in_place, seed} {}
  void rewind() override;

 private:
  friend class Enumeration;
  std::uint64_t choose_other(const Question& question) override;
  std::uint32_t number(std::size_t at) override;
  void note_scheduled(const Question& question, std::uint64_t rank) override;
  void note(Options options, std::uint64_t rank);

  std::vector<Step> told_;
  std::uint64_t largest_;
  std::uint64_t seed_;
  std::optional<RandomSource> values_;  // there: replaced to begin again
  std::vector<Step> path_;              // what was answered so far
  std::vector<Options> options_;        // of those steps behind what it was told
  std::size_t others_ = 0;              // steps so far that are not of the schedule
  bool capped_ = false;
};

}  // namespace harness
