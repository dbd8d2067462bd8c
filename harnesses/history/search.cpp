#include "harnesses/history/search.hpp"

#include <algorithm>
#include <utility>

#include "harnesses/history/items.hpp"
#include "harnesses/history/seen.hpp"
#include "harnesses/history/taken_set.hpp"
#include "harnesses/history/word_table.hpp"

namespace harness::history {
namespace {

using Ending = SearchResult::Ending;

class Search {
 public:
  Search(std::span<const Item> items, const AnyModel& model, const Budget& budget)
      : items_{items},
        model_{model},
        budget_{budget},
        open_{items},
        optional_{optional_items(items)},
        expiring_{expiring_items(items)},
        taken_{items},
        memory_{budget.memory.count()},
        states_{memory_},
        seen_{memory_} {
    for (const Item& item : items) required_ += counts(item);
  }

  SearchResult run(StateView initial) {
    const auto state = states_.insert(initial);
    if (!state) return result(Ending::out_of_memory);
    state_ = state->number;
    take_pure();
    (void)is_new_configuration();  // the first one is
    Cursor at = start();
    while (required_ > 0) {
      if (exhausted_) return result(*exhausted_);
      if (open_.is_call(at.node)) {
        at = try_call(at);
      } else if (at.optional < optional_.size()) {
        at = try_optional(at);
      } else {
        remember_block();
        const auto other = step_back();
        if (!other) return result(exhausted_.value_or(Ending::no_order));
        at = *other;
      }
    }
    return result(Ending::order_found);
  }

 private:
  // What to try next: the open calls up to the first return, then the optional items. In this order
  // the first way to a state needs few of those.
  struct Cursor {
    std::size_t node;
    std::size_t optional;
  };

  // An item that has taken effect. A pure one is taken as soon as it can be, for good: it leaves
  // the state as it is and would leave any other as well, so no order needs it later.
  struct Frame {
    std::size_t item;
    bool is_forced;
    std::uint32_t state_before;
    std::size_t latest_call_before;
    std::vector<std::uint32_t> untried;  // other states that may follow
    Cursor then;                         // what to try after those
  };

  static std::size_t counts(const Item& item) { return item.is_required ? 1 : 0; }

  [[nodiscard]] Cursor start() const { return {open_.first(), 0}; }

  bool spend_step() {
    if (steps_ == budget_.steps) exhausted_ = Ending::out_of_steps;
    if (exhausted_) return false;
    ++steps_;
    return true;
  }

  // The states that may follow, by number. Empty when the budget has ended.
  std::vector<std::uint32_t> next_states(const Item& item) {
    if (!spend_step()) return {};
    std::vector<std::uint32_t> numbers;
    for (const State& next : model_.step(states_[state_], item.action)) {
      const auto inserted = states_.insert(next);
      if (!inserted) {
        exhausted_ = Ending::out_of_memory;
        return {};
      }
      numbers.push_back(inserted->number);
    }
    return numbers;
  }

  // Tries an open item that has to take effect. Returns what to try then.
  Cursor try_call(Cursor at) {
    const std::size_t index = at.node / 2;
    const Cursor then{open_.after(at.node), 0};
    // Pure items that could be taken have been; the others are still illegal here.
    if (items_[index].is_pure && !makes_others_late(items_[index])) return then;
    return enter(index, next_states(items_[index]), then);
  }

  Cursor try_optional(Cursor at) {
    const OptionalItem& optional = optional_[at.optional];
    const Cursor then{at.node, at.optional + 1};
    const Item& item = items_[optional.item];
    // The later ones were called later still.
    if (item.call > *items_[open_.due()].deadline) return {at.node, optional_.size()};
    if (taken_.contains(optional.item)) return then;
    if (item.deadline && *item.deadline < latest_call_) return then;  // it is too late for it
    if (optional.earlier_twin && !taken_.contains(*optional.earlier_twin)) return then;
    return enter(optional.item, next_states(item), then);
  }

  Cursor enter(std::size_t item, std::vector<std::uint32_t> states, Cursor then) {
    if (!states.empty()) leave_to_shorter_way(items_[item], states);
    if (states.empty()) return then;
    push({item, false, state_, latest_call_, std::move(states), then});
    return try_states();
  }

  // Takes away what `item` leads to without the optional item taken just before as well: there that
  // one is still to be had. Without this, n pending writes have 2^n sets.
  void leave_to_shorter_way(const Item& item, std::vector<std::uint32_t>& states) {
    if (frames_.empty() || frames_.back().is_forced) return;
    if (items_[frames_.back().item].is_required) return;
    const std::uint32_t here = std::exchange(state_, frames_.back().state_before);
    for (const std::uint32_t other : next_states(item)) std::erase(states, other);
    state_ = here;
  }

  // Goes on to the next untried state of the last frame that is new; drops the frame if none is.
  Cursor try_states() {
    const std::size_t depth = frames_.size();
    while (!frames_.back().untried.empty()) {
      state_ = frames_.back().untried.back();
      frames_.back().untried.pop_back();
      take_pure();
      if (is_new_configuration()) return start();
      while (frames_.size() > depth) pop();
    }
    const Cursor then = frames_.back().then;
    pop();
    return then;
  }

  // Undoes up to the last frame with a choice. Nothing: there is none left.
  std::optional<Cursor> step_back() {
    while (!frames_.empty() && frames_.back().is_forced) pop();
    if (frames_.empty()) return std::nullopt;
    return try_states();
  }

  // Whether an optional item could take effect before `item` only, and has not.
  [[nodiscard]] bool makes_others_late(const Item& item) const {
    const auto deadline = [&](std::size_t i) { return *items_[i].deadline; };
    auto at = std::ranges::lower_bound(expiring_, latest_call_, {}, deadline);
    while (at != expiring_.end() && deadline(*at) < item.call && taken_.contains(*at)) ++at;
    return at != expiring_.end() && deadline(*at) < item.call;
  }

  // Takes every open pure item that is legal in this state; each may open further calls.
  void take_pure() {
    std::size_t node = open_.first();
    while (open_.is_call(node)) {
      const std::size_t index = node / 2;
      node = open_.after(node);
      if (!items_[index].is_pure || makes_others_late(items_[index])) continue;
      if (next_states(items_[index]).empty()) continue;
      if (node == 2 * index + 1) node = open_.after(node);  // its own return goes with it
      push({index, true, state_, latest_call_, {}, {}});
    }
  }

  void push(Frame frame) {
    const Item& item = items_[frame.item];
    if (item.is_required) open_.take_out(frame.item);
    taken_.insert(frame.item);
    required_ -= counts(item);
    latest_call_ = std::max(latest_call_, item.call);
    frames_.push_back(std::move(frame));
  }

  void pop() {
    const Frame& frame = frames_.back();
    const Item& item = items_[frame.item];
    if (item.is_required) open_.put_back(frame.item);
    taken_.erase(frame.item);
    required_ += counts(item);
    state_ = frame.state_before;
    latest_call_ = frame.latest_call_before;
    frames_.pop_back();
  }

  bool is_new_configuration() {
    key_.assign(1, static_cast<Word>(state_));
    taken_.append_required(key_);
    const auto found = seen_.find_or_add(key_, taken_.optional());
    if (!found) exhausted_ = Ending::out_of_memory;
    if (!found) return false;
    for (std::uint64_t i = 1; i < found->compared && spend_step(); ++i) {
    }
    return found->is_new;
  }

  // Nothing more can take effect, and the item that is due has not.
  void remember_block() {
    const std::size_t due = open_.due();
    if (blocked_ && *items_[due].deadline <= *items_[*blocked_].deadline) return;
    blocked_ = due;
    farthest_ = order();
    farthest_state_ = state_;
  }

  [[nodiscard]] std::vector<std::size_t> order() const {
    std::vector<std::size_t> items;
    items.reserve(frames_.size());
    for (const Frame& frame : frames_) items.push_back(frame.item);
    return items;
  }

  [[nodiscard]] SearchResult result(Ending ending) const {
    SearchResult result{
        .ending = ending, .order = {}, .blocked = std::nullopt, .state = {}, .effort = {}};
    if (ending == Ending::order_found || ending == Ending::no_order) {
      const bool found = ending == Ending::order_found;
      result.order = found ? order() : farthest_;
      if (!found) result.blocked = blocked_;
      const StateView state = states_[found ? state_ : farthest_state_];
      result.state.assign(state.begin(), state.end());
    }
    result.effort = {steps_, seen_.size(), base::Bytes{memory_.peak()}};
    return result;
  }

  std::span<const Item> items_;
  const AnyModel& model_;
  Budget budget_;
  OpenEvents open_;
  std::vector<OptionalItem> optional_;
  std::vector<std::size_t> expiring_;
  TakenSet taken_;
  Memory memory_;
  WordTable states_;
  SeenConfigurations seen_;
  std::size_t required_ = 0;     // required items that have not taken effect
  std::size_t latest_call_ = 0;  // of all items that have; fixed by the set of them
  std::uint32_t state_ = 0;
  std::uint64_t steps_ = 0;
  std::optional<Ending> exhausted_;
  std::vector<Frame> frames_;
  std::vector<Word> key_;
  std::optional<std::size_t> blocked_;
  std::vector<std::size_t> farthest_;
  std::uint32_t farthest_state_ = 0;
};

}  // namespace

SearchResult search(std::span<const Item> items, StateView initial, const AnyModel& model,
                    const Budget& budget) {
  return Search{items, model, budget}.run(initial);
}

}  // namespace harness::history
