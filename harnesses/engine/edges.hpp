// Edges: the values of a type where programs go wrong more often than elsewhere, and the ways in
// which random numbers are proposed.
#pragma once

#include <cstdint>
#include <vector>

#include "harnesses/engine/choice_type.hpp"

namespace harness {

// The bounds, the target, 0, 1, -1, the limits of common integer formats and their neighbours, as
// far as they are in range; never empty.
[[nodiscard]] std::vector<std::int64_t> edges_of(const IntegerType& type);

// Ranks: the bounds, -0, infinities, NaN, limits of the format, 0.1, 2^53 and so on; never empty.
[[nodiscard]] std::vector<std::uint64_t> edges_of(const NumberType& type);

// Some number of the kind that `kind` (0 to 7) stands for, made of random bits: whole, decimal, or
// any.
[[nodiscard]] std::uint64_t propose_rank(std::uint64_t kind, std::uint64_t bits,
                                         std::uint64_t more_bits);

// Some number between the bounds of `type`, evenly; its simplest when rounding leads astray.
[[nodiscard]] std::uint64_t rank_between(const NumberType& type, std::uint64_t bits);

}  // namespace harness
