// Alphabets: characters in the order of simplicity, and as text.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace harness {

// First and last code points, both included; simplest range first.
using CharacterRanges = std::vector<std::pair<char32_t, char32_t>>;

[[nodiscard]] const CharacterRanges& printable_ascii();
// All of Unicode but surrogates.
[[nodiscard]] const CharacterRanges& all_characters();
// And surrogates, last.
[[nodiscard]] const CharacterRanges& all_code_units();

[[nodiscard]] std::uint64_t count(const CharacterRanges& ranges);
// The `index`th character; `index` is below their count.
[[nodiscard]] char32_t character_at(const CharacterRanges& ranges, std::uint64_t index);

// Appends a code point to generalised UTF-8; a low surrogate that follows a high one makes one
// character with it.
void append_character(std::string& text, char32_t character);

}  // namespace harness
