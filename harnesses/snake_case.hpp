// snake_case: how Python spells a name that JavaScript writes in camel case; shims do the same
// (PROTOCOL.md, "Requests").
#pragma once

#include <string>
#include <string_view>

namespace harness {

[[nodiscard]] inline std::string snake_case(std::string_view name) {
  std::string out;
  for (const char letter : name) {
    const bool upper = letter >= 'A' && letter <= 'Z';
    if (upper) out += '_';
    out += upper ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return out;
}

}  // namespace harness
