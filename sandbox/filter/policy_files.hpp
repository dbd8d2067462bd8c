// The policies' text, carried by the binary itself.
#pragma once

#include <span>

#include "sandbox/base/embed/embedded_text.hpp"

namespace sandbox {

// One per profile, "<profile>.policy", and what they include.
[[nodiscard]] std::span<const base::EmbeddedText> policy_files();

}  // namespace sandbox
