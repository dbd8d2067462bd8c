#include "harnesses/history/models/queue.hpp"

#include <algorithm>
#include <limits>

namespace harness::history {
namespace {

using Call = UnboundedQueueModel::Call;

// The state is producer, value, producer, value, ... from the oldest to the newest. Per producer,
// only the order of one producer's items means anything; the producers are kept sorted.
class Step {
 public:
  Step(StateView state, const Action& action, const QueueOrder& order)
      : state_{state}, action_{action}, order_{order} {}

  [[nodiscard]] std::vector<State> from(std::size_t capacity) const {
    const bool is_full = state_.size() / 2 >= capacity;
    switch (static_cast<Call>(action_.operation)) {
      case Call::put:
        return is_full ? std::vector<State>{} : std::vector<State>{put()};
      case Call::try_put:
        if (!action_.may_answer(is_full ? 0 : 1)) return {};
        return {is_full ? same() : put()};
      case Call::take:
        return take();
      case Call::try_take:
        if (!state_.empty()) return take();
        return action_.may_answer(Values::kNothing) ? std::vector<State>{same()}
                                                    : std::vector<State>{};
    }
    return {};
  }

 private:
  [[nodiscard]] State same() const { return {state_.begin(), state_.end()}; }

  [[nodiscard]] State put() const {
    State next = same();
    std::size_t at = next.size();
    if (order_.per_producer) {
      while (at > 0 && next[at - 2] > action_.process) at -= 2;
    }
    next.insert(next.begin() + static_cast<std::ptrdiff_t>(at),
                {action_.process, action_.arguments[0]});
    return next;
  }

  [[nodiscard]] bool may_take(std::size_t at) const {
    if (order_.per_producer) return at == 0 || state_[at - 2] != state_[at];
    return at / 2 <= order_.overtakes;
  }

  // Equal items in several places lead to different queues.
  [[nodiscard]] std::vector<State> take() const {
    std::vector<State> all;
    for (std::size_t at = 0; at < state_.size(); at += 2) {
      if (!may_take(at) || !action_.may_answer(state_[at + 1])) continue;
      State next = same();
      const auto place = next.begin() + static_cast<std::ptrdiff_t>(at);
      next.erase(place, place + 2);
      all.push_back(std::move(next));
    }
    return all;
  }

  StateView state_;
  const Action& action_;
  const QueueOrder& order_;
};

// Fewer items never block a put, nor hide another item. Only a try_put that was refused needs them.
std::optional<Word> value_of(const Action& action) {
  if (action.arguments.empty()) return action.result;
  const bool may_be_refused = action.operation == Call::try_put && action.may_answer(0);
  return may_be_refused ? std::nullopt : std::optional{action.arguments[0]};
}

std::string items(StateView state, const Values& values) {
  State only_values;
  for (std::size_t at = 1; at < state.size(); at += 2) only_values.push_back(state[at]);
  return "holds " + values.show_list(only_values);
}

}  // namespace

std::optional<Word> UnboundedQueueModel::only_value(const Action& action) const {
  return value_of(action);
}

std::vector<State> UnboundedQueueModel::step(StateView state, const Action& action) const {
  return Step{state, action, order}.from(std::numeric_limits<std::size_t>::max());
}

std::string UnboundedQueueModel::describe(StateView state, const Values& values) const {
  return items(state, values);
}

std::optional<Word> BoundedQueueModel::only_value(const Action& action) const {
  return value_of(action);
}

std::vector<State> BoundedQueueModel::step(StateView state, const Action& action) const {
  return Step{state, action, order}.from(capacity);
}

std::string BoundedQueueModel::describe(StateView state, const Values& values) const {
  return items(state, values) + " of at most " + std::to_string(capacity);
}

}  // namespace harness::history
