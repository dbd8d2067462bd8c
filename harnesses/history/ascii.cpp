#include "harnesses/history/ascii.hpp"

#include <array>
#include <cstdint>
#include <cstdio>

namespace harness::history {

std::string ascii(std::string_view text) {
  std::string out;
  std::size_t i = 0;
  while (i < text.size()) {
    const auto first = static_cast<unsigned char>(text[i++]);
    if (first < 0x80) {
      out += static_cast<char>(first);
      continue;
    }
    std::uint32_t code = first >= 0xF0   ? first & 0x07U
                         : first >= 0xE0 ? first & 0x0FU
                                         : first & 0x1FU;
    while (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U) {
      code = (code << 6U) | (static_cast<unsigned char>(text[i++]) & 0x3FU);
    }
    std::array<char, 16> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "\\u{%04X}", code);
    out += buffer.data();
  }
  return out;
}

std::string cut(std::string text, std::size_t columns) {
  if (text.size() <= columns) return text;
  text.resize(columns - 3);
  return text + "...";
}

}  // namespace harness::history
