// Generalised UTF-8: UTF-8 that may also encode a lone surrogate (three bytes), which JavaScript
// strings can hold. A high surrogate followed by a low one is refused: it has a four-byte form, and
// every text must have one form only.
#pragma once

#include <string_view>

namespace harness {

[[nodiscard]] bool is_generalised_utf8(std::string_view text);

}  // namespace harness
