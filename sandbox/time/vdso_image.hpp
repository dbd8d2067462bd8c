// The replacement vDSO (vdso/), carried inside this library.
#pragma once

#include <cstdint>
#include <span>

namespace sandbox::time {

[[nodiscard]] std::span<const char> vdso_image();
// In memory: whole pages.
[[nodiscard]] std::uint64_t vdso_size();

}  // namespace sandbox::time
