// TakenSet: which items of a search have taken effect, and the fewest words that say so. Items with
// a deadline are numbered by their calls, so those taken are a full prefix and a few beyond;
// optional ones, which would leave holes in it for ever, are numbered apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "harnesses/history/prepare.hpp"

namespace harness::history {

class TakenSet {
 public:
  explicit TakenSet(std::span<const Item> items);

  [[nodiscard]] bool contains(std::size_t item) const {
    return (words_[rank_[item] / 64] & bit_of(item)) != 0;
  }
  void insert(std::size_t item);
  void erase(std::size_t item);

  // Appends words that tell the required ones from every other set of them.
  void append_required(std::vector<Word>& key) const;
  // The bits of the optional ones.
  [[nodiscard]] std::span<const Word> optional() const {
    return std::span{words_}.subspan(optional_from_);
  }

 private:
  [[nodiscard]] Word bit_of(std::size_t item) const {
    return static_cast<Word>(std::uint64_t{1} << (rank_[item] % 64));
  }

  std::vector<std::size_t> rank_;  // of each item: its bit
  std::vector<Word> words_;
  std::size_t optional_from_;  // the word where optional items begin
  std::size_t low_ = 0;        // words before are full
  std::size_t high_ = 0;       // words from here to optional_from_ are empty
};

}  // namespace harness::history
