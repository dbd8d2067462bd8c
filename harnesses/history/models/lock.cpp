#include "harnesses/history/models/lock.hpp"

namespace harness::history {

std::optional<State> LockModel::step(StateView state, const Action& action) const {
  const bool is_free = state.empty();  // else the holder is in it
  switch (static_cast<Call>(action.operation)) {
    case acquire:
      if (!is_free) return std::nullopt;
      return State{action.process};
    case try_acquire:
      if (!action.may_answer(is_free ? 1 : 0)) return std::nullopt;
      return is_free ? State{action.process} : State(state.begin(), state.end());
    case release:
      if (is_free || state[0] != action.process) return std::nullopt;
      return State{};
  }
  return std::nullopt;
}

std::string LockModel::describe(StateView state, const Values& /*values*/) const {
  return state.empty() ? "is free" : "is held by process " + std::to_string(state[0]);
}

}  // namespace harness::history
