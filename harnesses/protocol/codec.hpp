// The wire form of a Value (PROTOCOL.md, "Values"): encode writes it, decode reads what a hostile
// process sent. Errors: `byte 12: what was found; what is allowed`, Kind::invalid_input. Decoding
// allocates in proportion to the bytes that are really there, and its recursion is bounded by
// DecodeLimits::depth.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "harnesses/protocol/value.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

struct DecodeLimits {
  std::size_t depth = 64;          // levels below the outermost value
  std::size_t values = 1'000'000;  // of one payload; keys and class names are not values
};

// The judge's own values: trusted to have valid text, unique keys and a depth that a shim accepts.
[[nodiscard]] std::string encode(const Value& value);

// The first of several values that stand one behind the other, which is taken off `bytes`.
[[nodiscard]] base::Result<Value> decode_first(std::string_view& bytes,
                                               const DecodeLimits& limits = {});

// Exactly one value that fills `bytes`. What only the judge may say (define, controlled) is
// refused.
[[nodiscard]] base::Result<Value> decode(std::string_view bytes, const DecodeLimits& limits = {});

}  // namespace harness
