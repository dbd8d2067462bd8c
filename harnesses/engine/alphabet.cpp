#include "harnesses/engine/alphabet.hpp"

#include "sandbox/base/check.hpp"

namespace harness {
namespace {

constexpr char32_t kHighSurrogate = 0xD800;
constexpr char32_t kLowSurrogate = 0xDC00;
constexpr char32_t kLastSurrogate = 0xDFFF;

CharacterRanges joined(CharacterRanges first, const CharacterRanges& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

void append_encoded(std::string& text, char32_t character) {
  const auto byte = [&](char32_t bits) { text += static_cast<char>(bits); };
  if (character < 0x80) return byte(character);
  if (character < 0x800) {
    byte(0xC0 | character >> 6);
  } else {
    if (character < 0x10000) {
      byte(0xE0 | character >> 12);
    } else {
      byte(0xF0 | character >> 18);
      byte(0x80 | (character >> 12 & 0x3F));
    }
    byte(0x80 | (character >> 6 & 0x3F));
  }
  byte(0x80 | (character & 0x3F));
}

// The high surrogate that `text` ends with; 0: none.
char32_t high_surrogate_at_end(const std::string& text) {
  if (text.size() < 3) return 0;
  const auto at = [&](std::size_t from_end) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[text.size() - from_end]));
  };
  if (at(3) != 0xED || at(2) < 0xA0 || at(2) >= 0xB0) return 0;
  return kHighSurrogate + ((at(2) & 0x0F) << 6) + (at(1) & 0x3F);
}

}  // namespace

const CharacterRanges& printable_ascii() {
  static const CharacterRanges ranges = {{'a', 'z'}, {'A', 'Z'}, {'0', '9'}, {' ', '/'},
                                         {':', '@'}, {'[', '`'}, {'{', '~'}};
  return ranges;
}

const CharacterRanges& all_characters() {
  // Behind ASCII come quotes' and line ends' relatives that programs trip over, then the rest.
  static const CharacterRanges ranges = joined(printable_ascii(), {{0xE4, 0xE4},
                                                                   {0x1F600, 0x1F600},
                                                                   {0x301, 0x301},
                                                                   {0x200D, 0x200D},
                                                                   {0x2028, 0x2029},
                                                                   {0xDF, 0xDF},
                                                                   {0x130, 0x131},
                                                                   {0xFEFF, 0xFEFF},
                                                                   {0, 0x1F},
                                                                   {0x7F, 0xD7FF},
                                                                   {0xE000, 0x10FFFF}});
  return ranges;
}

const CharacterRanges& all_code_units() {
  static const CharacterRanges ranges =
      joined(all_characters(), {{kHighSurrogate, kLastSurrogate}});
  return ranges;
}

std::uint64_t count(const CharacterRanges& ranges) {
  std::uint64_t total = 0;
  for (const auto& [first, last] : ranges) total += last - first + 1;
  return total;
}

char32_t character_at(const CharacterRanges& ranges, std::uint64_t index) {
  for (const auto& [first, last] : ranges) {
    const std::uint64_t here = last - first + 1;
    if (index < here) return first + static_cast<char32_t>(index);
    index -= here;
  }
  JUDGE_CHECK(false, "an index below the count has its character");
  return 0;
}

void append_character(std::string& text, char32_t character) {
  const char32_t high = high_surrogate_at_end(text);
  if (high != 0 && character >= kLowSurrogate && character <= kLastSurrogate) {
    text.resize(text.size() - 3);
    character = 0x10000 + ((high - kHighSurrogate) << 10) + (character - kLowSurrogate);
  }
  append_encoded(text, character);
}

}  // namespace harness
