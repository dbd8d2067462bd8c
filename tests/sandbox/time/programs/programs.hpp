// The programs of this folder, carried by the test program: they run inside as they stand here.
#pragma once

#include <span>

#include "sandbox/base/embed/embedded_text.hpp"

namespace sandbox::test {

[[nodiscard]] std::span<const base::EmbeddedText> clock_programs();

}  // namespace sandbox::test
