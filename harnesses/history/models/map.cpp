#include "harnesses/history/models/map.hpp"

#include <cstddef>

#include "harnesses/protocol/show.hpp"

namespace harness::history {
namespace {

// The state is key, value, key, value, ... with ascending keys; no value is nothing.
std::size_t place_of(StateView state, Word key) {
  std::size_t at = 0;
  while (at < state.size() && state[at] < key) at += 2;
  return at;
}

Word value_at(StateView state, std::size_t at, Word key) {
  return at < state.size() && state[at] == key ? state[at + 1] : Values::kNothing;
}

State with(StateView state, std::size_t at, Word key, Word value) {
  State next(state.begin(), state.end());
  const auto place = next.begin() + static_cast<std::ptrdiff_t>(at);
  const bool is_there = at < state.size() && state[at] == key;
  if (is_there && value == Values::kNothing) {
    next.erase(place, place + 2);
  } else if (is_there) {
    next[at + 1] = value;
  } else if (value != Values::kNothing) {
    next.insert(place, {key, value});
  }
  return next;
}

}  // namespace

std::optional<State> MapModel::step(StateView state, const Action& action) const {
  const Word key = action.arguments[0];
  const std::size_t at = place_of(state, key);
  const Word held = value_at(state, at, key);
  switch (static_cast<Call>(action.operation)) {
    case get:
      if (!action.may_answer(held)) return std::nullopt;
      return State(state.begin(), state.end());
    case put:
      return with(state, at, key, action.arguments[1]);
    case remove:
      if (!action.may_answer(held != Values::kNothing ? 1 : 0)) return std::nullopt;
      return with(state, at, key, Values::kNothing);
    case compare_and_set: {
      const bool equal = held == action.arguments[1];
      if (!action.may_answer(equal ? 1 : 0)) return std::nullopt;
      return with(state, at, key, equal ? action.arguments[2] : held);
    }
  }
  return std::nullopt;
}

std::string MapModel::describe(StateView state, const Values& values) const {
  std::string text;
  for (std::size_t i = 0; i < state.size() && text.size() < 60; i += 2) {
    text +=
        (i == 0 ? "" : ", ") + show(values[state[i]], 20) + ": " + show(values[state[i + 1]], 20);
  }
  return "holds {" + text + "}";
}

}  // namespace harness::history
