// Weight: about how many bytes a value takes when it is described to the oracle; not fewer.
#pragma once

#include <cstddef>

#include "harnesses/protocol/value.hpp"

namespace harness {

[[nodiscard]] std::size_t weight_of(const Value& value);

}  // namespace harness
