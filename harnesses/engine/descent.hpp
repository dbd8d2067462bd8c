// Descent: the way down from a failing case. Passes (passes.hpp) propose, it runs what is worth
// running, and keeps a proposal when it fails and is simpler: shortlex is well-founded, so every
// descent ends.
#pragma once

#include <cstddef>
#include <cstdint>

#include "harnesses/engine/choice.hpp"
#include "harnesses/engine/shrink.hpp"
#include "harnesses/engine/tried.hpp"

namespace harness {

class Descent {
 public:
  Descent(Recording failing, const RunCandidate& run, int most_evaluations);

  // The simplest failing case so far.
  [[nodiscard]] const Recording& best() const { return best_; }
  [[nodiscard]] std::uint64_t rank(std::size_t at) const { return best_.choices[at]; }
  [[nodiscard]] const ChoiceType& type(std::size_t at) const { return best_.types[at]; }
  [[nodiscard]] std::size_t size() const { return best_.choices.size(); }

  // True: `candidate` failed, was simpler, and what it drew is the best now.
  bool consider(const ChoiceSequence& candidate);
  // What `candidate` drew, if it has been run; without types.
  [[nodiscard]] const Recording* drawn_by(const ChoiceSequence& candidate) const {
    return tried_.find(candidate);
  }

  [[nodiscard]] bool is_exhausted() const { return left_ <= 0; }
  [[nodiscard]] int evaluations() const { return evaluations_; }

 private:
  Recording best_;
  const RunCandidate& run_;
  Tried tried_;
  int left_;
  int evaluations_ = 0;
};

// ---- candidates ----

[[nodiscard]] ChoiceSequence without(const ChoiceSequence& sequence, std::size_t begin,
                                     std::size_t end);
[[nodiscard]] ChoiceSequence with(const ChoiceSequence& sequence, std::size_t at,
                                  std::uint64_t rank);
// [begin, end) becomes `content`.
[[nodiscard]] ChoiceSequence replaced(const ChoiceSequence& sequence, std::size_t begin,
                                      std::size_t end, const ChoiceSequence& content);
[[nodiscard]] ChoiceSequence part(const ChoiceSequence& sequence, std::size_t begin,
                                  std::size_t end);

// Repeats a step that succeeds, doubling it, then halving it: `step(n)` is n times the smallest one
// and adopts what it tries. For what can go on long but mostly does not go on at all.
template <typename Step>
bool go_on(Step step) {
  std::uint64_t size = 1;
  while (step(size) && size < (std::uint64_t{1} << 62)) size *= 2;
  if (size == 1) return false;
  for (size /= 2; size > 0; size /= 2) {
    while (step(size)) {
    }
  }
  return true;
}

}  // namespace harness
