// Text whose bytes are its columns.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace harness::history {

// Of escaped text, so well-formed UTF-8: every other character becomes \u{HHHH}. Wide, combining
// and invisible characters would put the lanes of a drawing out of line.
[[nodiscard]] std::string ascii(std::string_view text);

// At most `columns`; "..." at the end says that something is missing.
[[nodiscard]] std::string cut(std::string text, std::size_t columns);

}  // namespace harness::history
