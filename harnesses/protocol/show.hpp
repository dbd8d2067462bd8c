// Values for people and for comparing.
#pragma once

#include <cstddef>
#include <string>

#include "harnesses/protocol/value.hpp"

namespace harness {

// Equal in value: NaN is NaN, -0 is not 0, the integer 3 is the number 3.0, the order of an
// object's keys, a map's entries and a set's members does not matter. A known object only equals
// itself; opaque things are the same when their descriptions are.
[[nodiscard]] bool same(const Value& left, const Value& right);

// Bytes that are equal for exactly those values that are `same`: a key for tables of values.
[[nodiscard]] std::string canonical_encoding(const Value& value);

// A short literal in the manner of JavaScript, escaped for a terminal. Longer than `limit` bytes:
// cut, then "...".
[[nodiscard]] std::string show(const Value& value, std::size_t limit = 200);

}  // namespace harness
