// Well-formed UTF-8 (RFC 3629), told by one look at the bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace judge {

// Where the first byte stands that no well-formed UTF-8 has there; nothing when all is well.
[[nodiscard]] std::optional<std::size_t> find_ill_formed_utf8(std::string_view text);

// How many characters (code points) well-formed `text` holds.
[[nodiscard]] std::size_t count_characters(std::string_view text);

}  // namespace judge
