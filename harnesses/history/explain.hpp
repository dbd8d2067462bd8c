// The smallest reason why a history is not linearizable.
//
// What it means to leave an operation out. Deleting it would prove nothing: without the write, the
// read of what it wrote would be wrong as well. So an operation that is left out only becomes
// doubtful: between its call and its return it took effect, with the answer it gave, or it never
// did. Every order of the whole history is also one of the weaker history; so where the weaker one
// has none, the whole has none, and the operations that remain are a counterexample whichever of
// the others took effect. For one that never changes the state this is the same as deleting it.
#pragma once

#include <cstddef>
#include <vector>

#include "harnesses/history/check.hpp"

namespace harness::history {

struct Explanation {
  // Indices into History::operations(), in the order of their calls.
  std::vector<std::size_t> blocking;
  // No operation of it can be left out as well. False when the budget ended before that was known.
  bool is_minimal;
  // Operations of the same object, called before the failure, that were left out.
  std::size_t left_out;
  Effort effort;
};

// `failure` as `check` found it, with the same history, model and partition. `budget` is for all
// attempts together; one attempt takes at most a part of it. Errors: as `prepare`.
[[nodiscard]] base::Result<Explanation> explain(const History& history, const AnyModel& model,
                                                const NotLinearizable& failure,
                                                const Budget& budget,
                                                Partition partition = Partition::by_model);

}  // namespace harness::history
