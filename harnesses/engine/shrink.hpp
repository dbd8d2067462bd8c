// Shrinking: the simplest choice sequence that still fails, and the same one wherever it began.
// "Simpler" is shortlex: fewer choices first, then smaller ranks from the left. Works on any
// sequence, for any generator; a candidate is whatever the run really drew, so a shrunk sequence is
// always one that happened.
#pragma once

#include <functional>

#include "harnesses/engine/choice.hpp"

namespace harness {

// What running a candidate showed: what was really drawn (nothing: it could not be run), and
// whether it still fails in the same way.
struct Attempt {
  Recording drawn;
  bool fails;
};
using RunCandidate = std::function<Attempt(const ChoiceSequence&)>;

struct Shrunk {
  Recording recording;
  int evaluations = 0;
  bool reached_fixpoint = true;  // false: the evaluations ran out first
};

// `failing` must fail. Calls `run` at most `most_evaluations` times, never twice for what would be
// drawn the same.
[[nodiscard]] Shrunk shrink(Recording failing, const RunCandidate& run, int most_evaluations);

// Whether `left` is simpler than `right`.
[[nodiscard]] bool is_simpler(const ChoiceSequence& left, const ChoiceSequence& right);

}  // namespace harness
