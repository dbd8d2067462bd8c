// The library of mode `preload` (preload/), carried inside this one.
#pragma once

#include <memory>
#include <string>

namespace sandbox::time {

// As Program::files takes it.
[[nodiscard]] std::shared_ptr<const std::string> preload_image();

}  // namespace sandbox::time
