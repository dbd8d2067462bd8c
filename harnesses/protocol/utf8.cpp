#include "harnesses/protocol/utf8.hpp"

#include <cstddef>
#include <cstdint>

namespace harness {
namespace {

// The code point at the start of `text` and its length; 0: ill-formed. RFC 3629 section 4, but with
// surrogates.
struct Decoded {
  std::uint32_t code_point;
  std::size_t length;
};

Decoded decode_one(std::string_view text) {
  const auto at = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const std::uint32_t first = at(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return {0, 0};
  std::uint32_t code = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((at(i) & 0xC0U) != 0x80U) return {0, 0};
    code = (code << 6U) | (at(i) & 0x3FU);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  if (overlong || code > 0x10FFFF) return {0, 0};
  return {code, length};
}

}  // namespace

bool is_generalised_utf8(std::string_view text) {
  bool after_high_surrogate = false;
  while (!text.empty()) {
    const Decoded next = decode_one(text);
    const bool low = next.code_point >= 0xDC00 && next.code_point <= 0xDFFF;
    if (next.length == 0 || (after_high_surrogate && low)) return false;
    after_high_surrogate = next.code_point >= 0xD800 && next.code_point <= 0xDBFF;
    text.remove_prefix(next.length);
  }
  return true;
}

}  // namespace harness
