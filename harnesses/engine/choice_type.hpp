// ChoiceType: what one choice can be, and which of its answers are simpler than which.
// Every answer has a *rank*, its place in the type's order of simplicity. A choice is written down
// as its rank, so that a case is a list of numbers whatever the types are, and simpler is smaller.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <variant>

namespace harness {

// The integers low..high, simpler the nearer to `target` (which lies between them), above it before
// below it: with target 0 it is 0, 1, -1, 2, -2, ...
struct IntegerType {
  std::int64_t low = std::numeric_limits<std::int64_t>::min();
  std::int64_t high = std::numeric_limits<std::int64_t>::max();
  std::int64_t target = 0;
  bool operator==(const IntegerType&) const = default;
};
// low..high, shrinking towards 0 or the bound that is nearest to it.
[[nodiscard]] IntegerType integer_type(std::int64_t low, std::int64_t high);

// Doubles low..high, besides infinities and NaN where allowed. Simpler first: 0..255; the other
// integers up to 2^53 by size; decimal fractions by number of digits, then by size; -0 and the
// limits of the format; the rest up to 2^511 by size; infinities; NaN. Other numbers, those beyond
// 2^511 and below 2^-511, have no rank and are never drawn.
struct NumberType {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool infinities = false;
  bool nan = false;
  std::uint64_t simplest = 0;  // the least rank that is in range; number_type() finds it
  bool operator==(const NumberType&) const = default;
};
// Nothing when no number in the range has a rank. Infinite bounds are no bounds.
[[nodiscard]] std::optional<NumberType> number_type(double low, double high, bool infinities,
                                                    bool nan);

using ChoiceType = std::variant<IntegerType, NumberType>;

// ---- ranks ----

[[nodiscard]] std::uint64_t most_rank(const IntegerType& type);
[[nodiscard]] std::int64_t integer_at(const IntegerType& type, std::uint64_t rank);
[[nodiscard]] std::uint64_t rank_of(const IntegerType& type, std::int64_t value);

[[nodiscard]] std::optional<std::uint64_t> rank_of_number(double value);
[[nodiscard]] double number_at(std::uint64_t rank);
// The fraction scaled / 10^digits that stands at a rank; nothing when something else does.
struct Decimal {
  std::int64_t scaled;
  int digits;
};
[[nodiscard]] std::optional<Decimal> decimal_at(std::uint64_t rank);
[[nodiscard]] double to_number(const Decimal& decimal);
[[nodiscard]] bool is_in(const NumberType& type, double value);

[[nodiscard]] std::uint64_t simplest_rank(const ChoiceType& type);
// The rank that a replay answers with where `rank` is written down: itself if the type has it, else
// the type's simplest.
[[nodiscard]] std::uint64_t settle_rank(const ChoiceType& type, std::uint64_t rank);

// The answer as a whole number, and the rank of a whole number; nothing when there is none.
[[nodiscard]] std::optional<std::int64_t> whole_at(const ChoiceType& type, std::uint64_t rank);
[[nodiscard]] std::optional<std::uint64_t> rank_of_whole(const ChoiceType& type,
                                                         std::int64_t value);

}  // namespace harness
