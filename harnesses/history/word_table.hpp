// WordTable: a set of word sequences, each with a number, held to an amount of memory. Why our own:
// the cache of a search must compare whole sequences (equal hashes prove nothing), must be small,
// and must know its bytes before it takes them; std::unordered_set does the first alone.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "harnesses/history/values.hpp"

namespace harness::history {

// Bytes that several tables share. While a table grows, its old and its new place both count.
class Memory {
 public:
  explicit Memory(std::uint64_t limit) : limit_{limit} {}
  [[nodiscard]] bool take(std::uint64_t bytes);
  void give_back(std::uint64_t bytes) { used_ -= bytes; }
  // The most that was ever taken at one time; never above the limit.
  [[nodiscard]] std::uint64_t peak() const { return peak_; }

 private:
  std::uint64_t limit_;
  std::uint64_t used_ = 0;
  std::uint64_t peak_ = 0;
};

// Room for `more` elements, at least doubling, taken from `memory` before it is used.
template <typename T>
[[nodiscard]] bool grow(std::vector<T>& vector, std::size_t more, Memory& memory) {
  const std::size_t needed = vector.size() + more;
  if (needed <= vector.capacity()) return true;
  const std::size_t old = vector.capacity();
  const std::size_t wanted = std::max({needed, 2 * old, std::size_t{32}});
  if (!memory.take(wanted * sizeof(T))) return false;
  vector.reserve(wanted);
  memory.give_back(old * sizeof(T));
  return true;
}

class WordTable {
 public:
  // `memory` must live as long.
  explicit WordTable(Memory& memory) : memory_{memory} {}

  struct Inserted {
    std::uint32_t number;  // from 0, in the order of insertion
    bool is_new;
  };
  // Nothing: it would need more memory than there is; the table is as before.
  [[nodiscard]] std::optional<Inserted> insert(std::span<const Word> words);
  // Valid until the next insertion.
  [[nodiscard]] std::span<const Word> operator[](std::uint32_t number) const;
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::uint64_t begin;  // in words_
    std::uint32_t length;
    std::uint32_t hash;
  };

  [[nodiscard]] std::size_t slot_of(std::span<const Word> words, std::uint32_t hash) const;
  [[nodiscard]] bool make_room(std::size_t words);
  [[nodiscard]] bool rehash(std::size_t slots);

  Memory& memory_;
  std::vector<Word> words_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // an entry's number plus 1, 0: free; open addressing
};

}  // namespace harness::history
