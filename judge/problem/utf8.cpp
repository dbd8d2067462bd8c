#include "judge/problem/utf8.hpp"

#include <algorithm>

namespace judge {
namespace {

bool is_continuation(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

// How long the sequence starting with these two bytes is, by the table of RFC 3629 section 4; 0:
// ill-formed.
std::size_t sequence_length(unsigned char first, unsigned char second) {
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4 || !is_continuation(second)) return 0;
  if (first < 0xE0) return 2;
  if (first < 0xF0) {
    const bool overlong = first == 0xE0 && second < 0xA0;
    const bool surrogate = first == 0xED && second >= 0xA0;
    return overlong || surrogate ? 0 : 3;
  }
  const bool overlong = first == 0xF0 && second < 0x90;
  const bool too_large = first == 0xF4 && second >= 0x90;
  return overlong || too_large ? 0 : 4;
}

}  // namespace

std::optional<std::size_t> find_ill_formed_utf8(std::string_view text) {
  const auto at = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : static_cast<unsigned char>(0);
  };
  std::size_t i = 0;
  while (i < text.size()) {
    const std::size_t length = sequence_length(at(i), at(i + 1));
    if (length == 0) return i;
    for (std::size_t k = 2; k < length; ++k) {
      if (!is_continuation(at(i + k))) return i;
    }
    i += length;
  }
  return std::nullopt;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return !is_continuation(static_cast<unsigned char>(c)); }));
}

}  // namespace judge
