// The oracle's source text, carried by the binary itself.
#pragma once

#include <span>

#include "harnesses/embedded_text.hpp"

namespace harness {

// The file to load stands first; it finds the others, and acorn.mjs, beside itself.
[[nodiscard]] std::span<const EmbeddedText> oracle_script();

}  // namespace harness
