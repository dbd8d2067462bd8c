#include "harnesses/history/seen.hpp"

namespace harness::history {

bool SeenConfigurations::contains(std::span<const Word> larger,
                                  std::span<const Word> smaller) const {
  for (std::size_t i = 0; i < smaller.size(); ++i) {
    if ((static_cast<std::uint64_t>(smaller[i]) & ~static_cast<std::uint64_t>(larger[i])) != 0) {
      return false;
    }
  }
  return true;
}

std::optional<SeenConfigurations::Found> SeenConfigurations::find_or_add(
    std::span<const Word> key, std::span<const Word> optional) {
  const auto place = keys_.insert(key);
  if (!place) return std::nullopt;
  if (place->is_new) {
    if (!grow(first_, 1, memory_)) return std::nullopt;
    first_.push_back(0);
  }
  Found found{false, 0};
  std::uint32_t* link = &first_[place->number];
  while (*link != 0) {
    ++found.compared;
    Link& here = links_[*link - 1];
    if (contains(optional, sets_[here.set])) return found;
    if (contains(sets_[here.set], optional)) {
      *link = here.next;  // the new one says more
    } else {
      link = &here.next;
    }
  }
  const auto set = sets_.insert(optional);
  if (!set || !grow(links_, 1, memory_)) return std::nullopt;
  links_.push_back({set->number, first_[place->number]});
  first_[place->number] = static_cast<std::uint32_t>(links_.size());
  ++size_;
  found.is_new = true;
  return found;
}

}  // namespace harness::history
