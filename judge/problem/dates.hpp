// Instants as authors write them: 2020-01-31, or 2020-01-31T12:00:00Z with up to three digits
// behind the seconds. UTC; years 1 to 9999.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace judge {

// Milliseconds since 1970; nothing when the text is no such instant.
[[nodiscard]] std::optional<std::int64_t> parse_instant(std::string_view text);

}  // namespace judge
