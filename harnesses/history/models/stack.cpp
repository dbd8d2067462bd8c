#include "harnesses/history/models/stack.hpp"

namespace harness::history {

std::optional<Word> StackModel::only_value(const Action& action) const {
  return action.operation == push ? std::optional{action.arguments[0]} : action.result;
}

std::optional<State> StackModel::step(StateView state, const Action& action) const {
  State next(state.begin(), state.end());  // the top is last
  const auto call = static_cast<Call>(action.operation);
  if (call == push) {
    next.push_back(action.arguments[0]);
    return next;
  }
  if (next.empty()) {
    if (call == pop || !action.may_answer(Values::kNothing)) return std::nullopt;
    return next;
  }
  if (!action.may_answer(next.back())) return std::nullopt;
  next.pop_back();
  return next;
}

std::string StackModel::describe(StateView state, const Values& values) const {
  return "holds " + values.show_list(state);
}

}  // namespace harness::history
