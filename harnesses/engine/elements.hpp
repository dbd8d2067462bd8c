// Drawing lists: before each element stands the choice whether there is one, and both make a span.
// Why not the length first: an element and its "one more" are deleted together, wherever they
// stand, without a number elsewhere that must go down with them. README.md has the figures.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "harnesses/engine/choice.hpp"

namespace harness {

struct ListSize {
  std::uint64_t least = 0;
  std::uint64_t most = 0;
};

// How long a random list gets: every length up to this alike. Grows with Choices::size(), shrinks
// with `depth`, the number of lists around this one.
[[nodiscard]] inline std::uint64_t longest_random(const Choices& choices, ListSize size,
                                                  unsigned depth) {
  constexpr std::uint64_t kLongest = 24;
  const std::uint64_t room = 1 + kLongest * choices.size() / Choices::kFullSize / (1 + depth);
  return size.least + std::min(size.most - size.least, room);
}

// Calls `draw_one` once for each element. Lists of fixed length draw no choices of their own.
template <typename DrawOne>
void draw_elements(Choices& choices, std::string_view label, ListSize size, unsigned depth,
                   DrawOne draw_one) {
  const bool fixed = size.least == size.most;
  const std::uint64_t longest = longest_random(choices, size, depth);
  for (std::uint64_t count = 0; count < size.most; ++count) {
    const auto left = static_cast<unsigned>(count < longest ? longest - count : 0);
    const auto must = count < size.least ? Choices::Must::yes : Choices::Must::either;
    if (!fixed && !choices.more(1, left, must)) return;
    const auto span = choices.span(label, fixed ? 0 : 1);
    draw_one();
  }
}

}  // namespace harness
