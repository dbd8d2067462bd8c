// Literal text: a value as source code that a person can paste into a program.
#pragma once

#include <cstddef>
#include <string>

#include "harnesses/protocol/value.hpp"

namespace harness {

enum class LiteralStyle { javascript, python };

// One line; in texts all but printable ASCII is escaped. Longer than `limit` bytes: cut, then
// "...".
// What has no source form (functions, cycles) stands in angle brackets.
[[nodiscard]] std::string literal_text(const Value& value, LiteralStyle style, std::size_t limit);

}  // namespace harness
