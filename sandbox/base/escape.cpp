#include "sandbox/base/escape.hpp"

#include <array>
#include <cstdint>
#include <cstdio>

namespace base {
namespace {

struct Decoded {
  std::uint32_t code_point;
  std::size_t length;  // 0: ill-formed
};

bool is_continuation(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

// One code point at the start of `text`, by the table of RFC 3629 section 4.
Decoded decode_utf8(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::uint32_t first = at(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return {0, 0};
  std::uint32_t code = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(at(i))) return {0, 0};
    code = (code << 6U) | (at(i) & 0x3FU);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  if (overlong || (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF) return {0, 0};
  return {code, length};
}

bool is_shown_as_is(std::uint32_t code) {
  if (code < 0x20 || (code >= 0x7F && code < 0xA0)) return false;
  const bool reorders_text = (code >= 0x202A && code <= 0x202E) ||
                             (code >= 0x2066 && code <= 0x2069) || code == 0x200E ||
                             code == 0x200F || code == 0x061C;
  const bool breaks_lines = code == 0x2028 || code == 0x2029;
  // Spaces that look like another one, and what shows nothing. Joiners belong to scripts and emoji.
  const bool looks_like_another = code == 0xA0 || code == 0xAD || code == 0x1680 ||
                                  (code >= 0x2000 && code <= 0x200B) || code == 0x202F ||
                                  code == 0x205F || code == 0x2060 || code == 0xFEFF;
  return !reorders_text && !breaks_lines && !looks_like_another;
}

std::string formatted(const char* format, unsigned value) {
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), format, value);
  return buffer.data();
}

std::string escaped(std::string_view text, std::size_t limit, bool keep_lines) {
  std::string out;
  std::size_t i = 0;
  while (i < text.size() && i < limit) {
    const Decoded next = decode_utf8(text.substr(i));
    const auto byte = static_cast<unsigned char>(text[i]);
    if (next.length == 0) {
      out += formatted("\\x%02X", byte);
    } else if (is_shown_as_is(next.code_point) || (keep_lines && (byte == '\n' || byte == '\t'))) {
      out += text.substr(i, next.length);
    } else if (byte == '\n' || byte == '\t' || byte == '\r') {
      out += byte == '\n' ? "\\n" : byte == '\t' ? "\\t" : "\\r";
    } else {
      out += next.code_point < 0x80 ? formatted("\\x%02X", byte)
                                    : formatted("\\u{%04X}", next.code_point);
    }
    i += next.length == 0 ? 1 : next.length;
  }
  if (i < text.size()) out += "...";
  return out;
}

}  // namespace

std::string escape(std::string_view text, std::size_t limit) { return escaped(text, limit, false); }

std::string escape_lines(std::string_view text, std::size_t limit) {
  return escaped(text, limit, true);
}

std::string quoted(std::string_view text, std::size_t limit) {
  return "'" + escape(text, limit) + "'";
}

}  // namespace base
