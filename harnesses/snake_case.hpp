// snake_case: how Python spells a name that JavaScript writes in camel case; shims do the same
// (PROTOCOL.md, "Requests").
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

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

// As an actor with these exports calls it: as written, or as Python spells it.
[[nodiscard]] inline std::string exported_name(const std::string& name,
                                               const std::vector<std::string>& exports) {
  const bool as_written = std::find(exports.begin(), exports.end(), name) != exports.end();
  return as_written ? name : snake_case(name);
}

}  // namespace harness
