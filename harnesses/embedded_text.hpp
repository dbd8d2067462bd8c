// EmbeddedText: a script that the binary carries; see sandbox/base/embed/embedded_text.hpp.
#pragma once

#include "sandbox/base/embed/embedded_text.hpp"

namespace harness {

using base::EmbeddedText;

}  // namespace harness
