// Matching: whether a value of the program's is what the reference gave. Laxer than `same` where
// two right answers may differ: the text of errors, what an opaque value is called, 5 and 5.0.
#pragma once

#include "harnesses/protocol/value.hpp"

namespace harness {

[[nodiscard]] bool matches(const Value& expected, const Value& actual);

}  // namespace harness
