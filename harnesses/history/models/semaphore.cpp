#include "harnesses/history/models/semaphore.hpp"

#include <limits>

namespace harness::history {

std::optional<State> SemaphoreModel::step(StateView state, const Action& action) const {
  const Word free = state[0];
  const Word count = action.arguments[0];
  const bool enough = free >= count;
  switch (static_cast<Call>(action.operation)) {
    case acquire:
      if (!enough) return std::nullopt;
      return State{free - count};
    case try_acquire:
      if (!action.may_answer(enough ? 1 : 0)) return std::nullopt;
      return State{enough ? free - count : free};
    case release:
      if (count > std::numeric_limits<Word>::max() - free) return std::nullopt;
      return State{free + count};
  }
  return std::nullopt;
}

std::string SemaphoreModel::describe(StateView state, const Values& /*values*/) const {
  return "has " + std::to_string(state[0]) + " free permits";
}

}  // namespace harness::history
