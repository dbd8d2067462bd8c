// Values: gives equal values the same number, so that a search compares words instead of trees.
// Equal is what harness::same calls equal. Undefined counts as null: both say "nothing", and which
// of them a language uses is no property of a queue.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "harnesses/protocol/value.hpp"

namespace harness::history {

using Word = std::int64_t;

class Values {
 public:
  static constexpr Word kNothing = 0;

  Values();
  // At least 0; the same for equal values.
  Word number(const Value& value);
  [[nodiscard]] const Value& operator[](Word number) const;
  // `[1, 'a']`, escaped, at most about `limit` bytes.
  [[nodiscard]] std::string show_list(std::span<const Word> numbers, std::size_t limit = 60) const;

 private:
  std::unordered_map<std::string, Word> numbers_;  // by canonical encoding
  std::vector<Value> values_;
};

}  // namespace harness::history
