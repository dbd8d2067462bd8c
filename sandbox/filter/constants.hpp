// The names that policy files use for arguments of system calls.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

// The value of "AF_UNIX", "TIOCSTI", ...: its lower 32 bits.
[[nodiscard]] std::optional<std::uint32_t> constant(std::string_view name);

[[nodiscard]] std::vector<std::string> names_of_constants();

}  // namespace sandbox
