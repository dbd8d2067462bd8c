// Amounts with units, as people write them: "4 s", "200ms", "256 MiB". The space is optional, the
// unit is not: a bare number is read as seconds by one person and as milliseconds by the next.
// Errors: Error::Kind::invalid_input, "what was found; what to write instead"; the caller adds
// where.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "sandbox/base/bytes.hpp"
#include "sandbox/base/result.hpp"

namespace base {

// How examples in messages are written: "4 s" where spaces are free, "4s" on a command line.
enum class AmountStyle { spaced, compact };

// Units ms, s, min; decimals down to a whole millisecond ("1.5 s").
[[nodiscard]] Result<std::chrono::milliseconds> parse_duration(std::string_view text,
                                                               AmountStyle style);

// Units B, KiB, MiB, GiB; decimals down to a whole byte.
[[nodiscard]] Result<Bytes> parse_bytes(std::string_view text, AmountStyle style);

// "2 min" when it divides evenly, else the next smaller unit, at last "1500 ms".
[[nodiscard]] std::string to_string(std::chrono::milliseconds duration);

}  // namespace base
