#include "harnesses/history/models/counter.hpp"

#include <cstdint>

namespace harness::history {

std::optional<State> CounterModel::step(StateView state, const Action& action) const {
  const Word before = state[0];
  const auto call = static_cast<Call>(action.operation);
  const Word more = call == get ? 0 : action.arguments[0];
  // Unsigned, because signed overflow is undefined.
  const auto after =
      static_cast<Word>(static_cast<std::uint64_t>(before) + static_cast<std::uint64_t>(more));
  if (call != add && !action.may_answer(call == add_and_get ? after : before)) return std::nullopt;
  return State{after};
}

std::string CounterModel::describe(StateView state, const Values& /*values*/) const {
  return "is at " + std::to_string(state[0]);
}

}  // namespace harness::history
