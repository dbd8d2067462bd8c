#include "harnesses/history/word_table.hpp"

#include <algorithm>
#include <limits>

namespace harness::history {
namespace {

constexpr std::size_t kFirstSlots = 64;

// Multiply and fold, with a finaliser: neighbouring states and sets must not meet in one slot.
std::uint32_t hash_of(std::span<const Word> words) {
  std::uint64_t hash = 0x9E3779B97F4A7C15U + words.size();
  for (const Word word : words) {
    hash = (hash ^ static_cast<std::uint64_t>(word)) * 0xD6E8FEB86659FD93U;
    hash ^= hash >> 32U;
  }
  hash *= 0xD6E8FEB86659FD93U;
  return static_cast<std::uint32_t>(hash >> 32U);
}

}  // namespace

bool Memory::take(std::uint64_t bytes) {
  if (bytes > limit_ - used_) return false;
  used_ += bytes;
  peak_ = std::max(peak_, used_);
  return true;
}

std::span<const Word> WordTable::operator[](std::uint32_t number) const {
  const Entry& entry = entries_[number];
  return std::span{words_}.subspan(entry.begin, entry.length);
}

// Where `words` are, or where they would go. Ends: at most half of the slots are taken.
std::size_t WordTable::slot_of(std::span<const Word> words, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const std::uint32_t number = slots_[slot] - 1;
    if (entries_[number].hash == hash && std::ranges::equal((*this)[number], words)) break;
  }
  return slot;
}

bool WordTable::rehash(std::size_t slots) {
  if (!memory_.take(slots * sizeof(std::uint32_t))) return false;
  std::vector<std::uint32_t> fresh(slots, 0);
  for (std::uint32_t number = 0; number < entries_.size(); ++number) {
    std::size_t slot = entries_[number].hash & (slots - 1);
    while (fresh[slot] != 0) slot = (slot + 1) & (slots - 1);
    fresh[slot] = number + 1;
  }
  slots_.swap(fresh);
  memory_.give_back(fresh.size() * sizeof(std::uint32_t));
  return true;
}

bool WordTable::make_room(std::size_t words) {
  if (entries_.size() >= std::numeric_limits<std::uint32_t>::max() - 1) return false;
  if (2 * (entries_.size() + 1) > slots_.size() &&
      !rehash(std::max(kFirstSlots, 2 * slots_.size()))) {
    return false;
  }
  return grow(entries_, 1, memory_) && grow(words_, words, memory_);
}

std::optional<WordTable::Inserted> WordTable::insert(std::span<const Word> words) {
  const std::uint32_t hash = hash_of(words);
  if (!slots_.empty()) {
    const std::uint32_t taken = slots_[slot_of(words, hash)];
    if (taken != 0) return Inserted{taken - 1, false};
  }
  if (!make_room(words.size())) return std::nullopt;
  const auto number = static_cast<std::uint32_t>(entries_.size());
  slots_[slot_of(words, hash)] = number + 1;
  entries_.push_back({words_.size(), static_cast<std::uint32_t>(words.size()), hash});
  words_.insert(words_.end(), words.begin(), words.end());
  return Inserted{number, true};
}

}  // namespace harness::history
