#include "harnesses/history/taken_set.hpp"

#include <algorithm>

namespace harness::history {
namespace {

constexpr Word kFull = -1;  // all bits

}  // namespace

TakenSet::TakenSet(std::span<const Item> items) : rank_(items.size()) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].is_required) rank_[i] = next++;
  }
  optional_from_ = (next + 63) / 64;
  next = 64 * optional_from_;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!items[i].is_required) rank_[i] = next++;
  }
  words_.resize((next + 63) / 64);
}

void TakenSet::insert(std::size_t item) {
  const std::size_t word = rank_[item] / 64;
  words_[word] |= bit_of(item);
  if (word >= optional_from_) return;
  high_ = std::max(high_, word + 1);
  while (low_ < high_ && words_[low_] == kFull) ++low_;
}

void TakenSet::erase(std::size_t item) {
  const std::size_t word = rank_[item] / 64;
  words_[word] &= ~bit_of(item);
  if (word >= optional_from_) return;
  low_ = std::min(low_, word);
  while (high_ > low_ && words_[high_ - 1] == 0) --high_;
}

void TakenSet::append_required(std::vector<Word>& key) const {
  key.push_back(static_cast<Word>(low_));
  for (std::size_t i = low_; i < high_; ++i) key.push_back(words_[i]);
}

}  // namespace harness::history
