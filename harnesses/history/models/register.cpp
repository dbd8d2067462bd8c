#include "harnesses/history/models/register.hpp"

#include "harnesses/protocol/show.hpp"

namespace harness::history {

std::optional<State> RegisterModel::step(StateView state, const Action& action) const {
  const Word held = state[0];
  switch (static_cast<Call>(action.operation)) {
    case read:
      if (!action.may_answer(held)) return std::nullopt;
      return State{held};
    case write:
      return State{action.arguments[0]};
    case compare_and_set: {
      const bool equal = held == action.arguments[0];
      if (!action.may_answer(equal ? 1 : 0)) return std::nullopt;
      return State{equal ? action.arguments[1] : held};
    }
  }
  return std::nullopt;
}

std::string RegisterModel::describe(StateView state, const Values& values) const {
  return "holds " + show(values[state[0]], 60);
}

}  // namespace harness::history
