// The problem that `judge new` writes: complete, small, and green in `judge check`.
#pragma once

#include <span>

#include "sandbox/base/embed/embedded_text.hpp"

namespace judge {

// Paths below the problem's folder; @ID@ in a text stands for its id.
[[nodiscard]] std::span<const base::EmbeddedText> problem_template();

}  // namespace judge
