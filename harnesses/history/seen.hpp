// SeenConfigurations: the cache of a search. A configuration is what had to take effect and has,
// the state it led to, and the optional items that were used for it. One that was reached before
// with no other optional items than these could do all that this one can, and need not be searched.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "harnesses/history/word_table.hpp"

namespace harness::history {

class SeenConfigurations {
 public:
  // `memory` must live as long.
  explicit SeenConfigurations(Memory& memory) : memory_{memory}, keys_{memory}, sets_{memory} {}

  struct Found {
    bool is_new;
    std::uint64_t compared;  // sets that were looked at
  };
  // `key`: state and required items; `optional`: the bits of the optional ones, as many words every
  // time. Nothing: out of memory.
  [[nodiscard]] std::optional<Found> find_or_add(std::span<const Word> key,
                                                 std::span<const Word> optional);
  // How many were new.
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  // The sets of one key, newest first; as a list, because most keys have one.
  struct Link {
    std::uint32_t set;   // its number in sets_
    std::uint32_t next;  // index + 1; 0: none
  };

  [[nodiscard]] bool contains(std::span<const Word> larger, std::span<const Word> smaller) const;

  Memory& memory_;
  WordTable keys_;
  WordTable sets_;
  std::vector<std::uint32_t> first_;  // by key: index of its first link + 1
  std::vector<Link> links_;
  std::size_t size_ = 0;
};

}  // namespace harness::history
