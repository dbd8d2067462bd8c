// How a search sees its items: the required ones as events in a list, the optional ones apart.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "harnesses/history/prepare.hpp"

namespace harness::history {

// Calls and returns of the required items that are still open, in the order of the history, as a
// doubly linked list: what was taken out goes back to its place when the search steps back. The
// call of item i is node 2i, its return 2i + 1; `end()` closes the ring.
class OpenEvents {
 public:
  explicit OpenEvents(std::span<const Item> items) : next_(2 * items.size() + 1), previous_(next_) {
    std::vector<std::pair<std::size_t, std::size_t>> events;  // position, node
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!items[i].is_required) continue;
      events.emplace_back(items[i].call, 2 * i);
      events.emplace_back(*items[i].deadline, 2 * i + 1);
    }
    std::ranges::sort(events);
    std::size_t last = end();
    for (const auto& event : events) {
      next_[last] = event.second;
      previous_[event.second] = last;
      last = event.second;
    }
    next_[last] = end();
    previous_[end()] = last;
  }

  [[nodiscard]] std::size_t end() const { return next_.size() - 1; }
  [[nodiscard]] bool is_call(std::size_t node) const { return node % 2 == 0 && node != end(); }
  [[nodiscard]] std::size_t first() const { return next_[end()]; }
  [[nodiscard]] std::size_t after(std::size_t node) const { return next_[node]; }
  // The item that has to take effect first: its return stands before all others.
  [[nodiscard]] std::size_t due() const {
    std::size_t node = first();
    while (is_call(node)) node = after(node);
    return node / 2;
  }

  void take_out(std::size_t item) {
    for (const std::size_t node : {2 * item, 2 * item + 1}) {
      next_[previous_[node]] = next_[node];
      previous_[next_[node]] = previous_[node];
    }
  }
  // In the reverse order of taking out.
  void put_back(std::size_t item) {
    for (const std::size_t node : {2 * item + 1, 2 * item}) {
      next_[previous_[node]] = node;
      previous_[next_[node]] = node;
    }
  }

 private:
  std::vector<std::size_t> next_;
  std::vector<std::size_t> previous_;
};

// Items that may take effect or not. Of those without a deadline that do the same, the one called
// earlier is as good as the later: each names the one before it and is tried only after that. Pure
// ones are left out.
struct OptionalItem {
  std::size_t item;
  std::optional<std::size_t> earlier_twin;
};

[[nodiscard]] std::vector<OptionalItem> optional_items(std::span<const Item> items);

// Of the optional items, those that can come too late, by their deadlines.
[[nodiscard]] std::vector<std::size_t> expiring_items(std::span<const Item> items);

}  // namespace harness::history
