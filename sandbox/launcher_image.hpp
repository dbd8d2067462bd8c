// The launcher's program (launcher/), carried inside this library.
#pragma once

#include <span>

namespace sandbox {

[[nodiscard]] std::span<const char> launcher_image();

}  // namespace sandbox
