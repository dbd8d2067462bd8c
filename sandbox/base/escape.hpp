// Escaping of text that somebody else wrote, before a person's terminal, a log or an error message
// shows it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace base {

// Keeps printable text and well-formed UTF-8; every control byte, DEL, C1 control, bidirectional
// control and ill-formed byte becomes \n, \t, \r, \xHH or \u{HHHH}. At most `limit` bytes of `text`
// are shown, then "...".
[[nodiscard]] std::string escape(std::string_view text, std::size_t limit = 200);

// Like escape, but line feeds and tabs stay: for showing several lines of a program's output.
[[nodiscard]] std::string escape_lines(std::string_view text, std::size_t limit);

// 'text', escaped and cut, in single quotes.
[[nodiscard]] std::string quoted(std::string_view text, std::size_t limit = 200);

}  // namespace base
