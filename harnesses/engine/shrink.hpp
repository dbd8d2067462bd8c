// Shrinking: the simplest choice sequence that still fails.
// "Simpler" is shortlex: fewer choices first, then smaller ones from the left. Works on any
// sequence, for any generator; a candidate is whatever the run really drew, so a shrunk sequence is
// always one that happened.
#pragma once

#include <functional>
#include <optional>

#include "harnesses/engine/choice.hpp"

namespace harness {

// Runs a candidate: the sequence it really drew when it still fails in the same way, nothing when
// it does not.
using StillFails = std::function<std::optional<ChoiceSequence>(const ChoiceSequence&)>;

struct Shrunk {
  ChoiceSequence sequence;
  int evaluations = 0;
  bool reached_fixpoint = true;  // false: the evaluations ran out first
};

// `failing` must fail. Calls `still_fails` at most `most_evaluations` times.
[[nodiscard]] Shrunk shrink(ChoiceSequence failing, const StillFails& still_fails,
                            int most_evaluations);

// Whether `left` is simpler than `right`.
[[nodiscard]] bool is_simpler(const ChoiceSequence& left, const ChoiceSequence& right);

}  // namespace harness
