// What can be seen from outside while and after a hostile program runs.
#pragma once

#include <cstddef>
#include <string>

#include "sandbox/base/bytes.hpp"

namespace sandbox::test {

// Processes that still have `mark` in the environment they were started with: "17 (sleep)", empty
// if there are none. Of those that we may look into.
[[nodiscard]] std::string survivors(const std::string& mark);

// MemAvailable of the host.
[[nodiscard]] base::Bytes available_memory();

// Of this process.
[[nodiscard]] std::size_t open_descriptors();

}  // namespace sandbox::test
