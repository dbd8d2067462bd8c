#include "harnesses/history/models/set.hpp"

#include <algorithm>

namespace harness::history {

std::optional<State> SetModel::step(StateView state, const Action& action) const {
  const Word member = action.arguments[0];
  State next(state.begin(), state.end());  // ascending
  const auto place = std::ranges::lower_bound(next, member);
  const bool is_there = place != next.end() && *place == member;
  switch (static_cast<Call>(action.operation)) {
    case contains:
      if (!action.may_answer(is_there ? 1 : 0)) return std::nullopt;
      return next;
    case add:
      if (!action.may_answer(is_there ? 0 : 1)) return std::nullopt;
      if (!is_there) next.insert(place, member);
      return next;
    case remove:
      if (!action.may_answer(is_there ? 1 : 0)) return std::nullopt;
      if (is_there) next.erase(place);
      return next;
  }
  return std::nullopt;
}

std::string SetModel::describe(StateView state, const Values& values) const {
  return "holds " + values.show_list(state);
}

}  // namespace harness::history
