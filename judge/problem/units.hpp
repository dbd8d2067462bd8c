// Amounts with units, as authors write them: "4 s", "200 ms", "256 MiB". The space is optional, the
// unit is not. Errors: the text after `key.path: `, what was found and what to write instead.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "sandbox/base/bytes.hpp"

namespace judge {

// Units ms, s, min; decimals down to a whole millisecond ("1.5 s").
[[nodiscard]] tl::expected<std::chrono::milliseconds, std::string> parse_duration(
    std::string_view text);

// Units B, KiB, MiB, GiB; decimals down to a whole byte.
[[nodiscard]] tl::expected<base::Bytes, std::string> parse_size(std::string_view text);

}  // namespace judge
