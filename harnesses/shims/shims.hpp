// The shims' source text, carried by the binary itself.
#pragma once

#include <span>

#include "harnesses/embedded_text.hpp"

namespace harness {

// The file to start stands first; it finds the others beside itself.
[[nodiscard]] std::span<const EmbeddedText> node_shim();
[[nodiscard]] std::span<const EmbeddedText> python_shim();

}  // namespace harness
