#include "harnesses/history/items.hpp"

#include <map>

namespace harness::history {

std::vector<OptionalItem> optional_items(std::span<const Item> items) {
  std::vector<OptionalItem> optional;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!items[i].is_required && !items[i].is_pure) optional.push_back({i, std::nullopt});
  }
  std::ranges::stable_sort(optional, {},
                           [&](const OptionalItem& each) { return items[each.item].call; });
  std::map<Action, std::size_t> latest;
  for (OptionalItem& each : optional) {
    if (items[each.item].deadline) continue;
    const auto [same, is_first] = latest.try_emplace(items[each.item].action, each.item);
    if (!is_first) each.earlier_twin = std::exchange(same->second, each.item);
  }
  return optional;
}

std::vector<std::size_t> expiring_items(std::span<const Item> items) {
  std::vector<std::size_t> expiring;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!items[i].is_required && !items[i].is_pure && items[i].deadline) expiring.push_back(i);
  }
  std::ranges::sort(expiring, {}, [&](std::size_t i) { return *items[i].deadline; });
  return expiring;
}

}  // namespace harness::history
