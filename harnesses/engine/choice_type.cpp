#include "harnesses/engine/choice_type.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdlib>

#include "sandbox/base/check.hpp"

namespace harness {
namespace {

// ---- the ranks of doubles, class by class ----

constexpr std::int64_t kLargestWhole = std::int64_t{1} << 53;  // below, every integer is a double
constexpr std::int64_t kPlain = 256;  // 0..255 come before anything negative
constexpr int kMostDigits = 15;
constexpr int kDigitsShift = 56;
constexpr std::uint64_t kMostWholeRank = std::uint64_t{1} << 54;  // of -2^53
constexpr std::uint64_t kSpecials = std::uint64_t{1} << 62;
constexpr std::uint64_t kRest = std::uint64_t{1} << 63;
constexpr std::uint64_t kLowestExponent = 1023 - 511;
constexpr std::uint64_t kHighestExponent = 1023 + 511;
constexpr int kMantissaBits = 52;
constexpr std::uint64_t kTop = std::numeric_limits<std::uint64_t>::max();

using Limits = std::numeric_limits<double>;
constexpr std::array kSpecialNumbers = {
    -0.0,           Limits::max(),        -Limits::max(),       Limits::min(),
    -Limits::min(), Limits::denorm_min(), -Limits::denorm_min()};
// The last three ranks of all.
constexpr std::array kLastNumbers = {Limits::infinity(), -Limits::infinity(), Limits::quiet_NaN()};
constexpr std::uint64_t kLast = kTop - kLastNumbers.size() + 1;

bool is_same_double(double left, double right) {
  return (std::isnan(left) && std::isnan(right)) ||
         std::bit_cast<std::uint64_t>(left) == std::bit_cast<std::uint64_t>(right);
}

std::uint64_t zigzag(std::int64_t value) {
  const auto size = static_cast<std::uint64_t>(value < 0 ? -value : value);
  return value > 0 ? 2 * size - 1 : 2 * size;
}

std::int64_t unzigzag(std::uint64_t rank) {
  return rank % 2 == 1 ? static_cast<std::int64_t>(rank / 2 + 1)
                       : -static_cast<std::int64_t>(rank / 2);
}

bool is_whole(double value) {
  return std::trunc(value) == value && std::abs(value) <= static_cast<double>(kLargestWhole);
}

std::uint64_t rank_of_whole_number(std::int64_t value) {
  if (value >= 0 && value < kPlain) return static_cast<std::uint64_t>(value);
  if (value < 0 && value > -kPlain) return static_cast<std::uint64_t>(kPlain - 1 - value);
  return zigzag(value);  // 256 has 511: after 256 plain ones and 255 negative ones
}

std::int64_t whole_number_at(std::uint64_t rank) {
  constexpr auto kPlainRanks = static_cast<std::uint64_t>(kPlain);
  if (rank < kPlainRanks) return static_cast<std::int64_t>(rank);
  if (rank < 2 * kPlainRanks - 1) return kPlain - 1 - static_cast<std::int64_t>(rank);
  return unzigzag(rank);
}

double power_of_ten(int digits) {
  double power = 1;
  for (int i = 0; i < digits; ++i) power *= 10;  // exact up to 10^22
  return power;
}

// As m / 10^digits with the fewest digits. The quotient of two exact doubles is correctly rounded,
// hence the same on every machine.
std::optional<std::uint64_t> rank_of_decimal(double value) {
  for (int digits = 1; digits <= kMostDigits; ++digits) {
    const double power = power_of_ten(digits);
    const double scaled = std::round(value * power);
    if (std::abs(scaled) > static_cast<double>(kLargestWhole)) return {};
    if (scaled / power != value) continue;
    return (static_cast<std::uint64_t>(digits) << kDigitsShift) |
           zigzag(static_cast<std::int64_t>(scaled));
  }
  return {};
}

// Sign last, so that a number and its opposite are neighbours.
std::uint64_t rank_among_rest(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(std::abs(value));
  const std::uint64_t lowest = kLowestExponent << kMantissaBits;
  return kRest + ((bits - lowest) * 2 | (std::signbit(value) ? 1U : 0U));
}

double number_among_rest(std::uint64_t rank) {
  const std::uint64_t index = rank - kRest;
  const std::uint64_t lowest = kLowestExponent << kMantissaBits;
  const std::uint64_t most = ((kHighestExponent + 1) << kMantissaBits) - 1;
  const auto size = std::bit_cast<double>(std::min(lowest + index / 2, most));
  return index % 2 == 1 ? -size : size;
}

// Where `value` may lie between two bounds, 0 or what is nearest to it.
double nearest_to_zero(double low, double high) { return low > 0 ? low : std::min(high, 0.0); }

// The least rank in range: an integer, else the shortest decimal, else a bound.
std::optional<std::uint64_t> least_rank(const NumberType& type) {
  const double near = nearest_to_zero(type.low, type.high);
  const double whole = near > 0 ? std::ceil(near) : std::floor(near);
  if (is_in(type, whole) && is_whole(whole)) return rank_of_number(whole + 0.0);
  for (int digits = 1; digits <= kMostDigits; ++digits) {
    const double power = power_of_ten(digits);
    const double decimal = (near > 0 ? std::ceil(near * power) : std::floor(near * power)) / power;
    if (!is_in(type, decimal)) continue;
    if (const auto rank = rank_of_number(decimal)) return rank;
  }
  return rank_of_number(near);
}

}  // namespace

IntegerType integer_type(std::int64_t low, std::int64_t high) {
  JUDGE_CHECK(low <= high, "an integer type needs a value");
  return {.low = low, .high = high, .target = std::clamp<std::int64_t>(0, low, high)};
}

std::optional<NumberType> number_type(double low, double high, bool infinities, bool nan) {
  NumberType type{.low = low, .high = high, .infinities = infinities, .nan = nan, .simplest = 0};
  if (!(low <= high)) return {};
  const auto simplest = least_rank(type);
  if (!simplest) return {};
  type.simplest = *simplest;
  return type;
}

// ---- integers: distances are counted in unsigned numbers, where nothing overflows ----

std::uint64_t most_rank(const IntegerType& type) {
  return static_cast<std::uint64_t>(type.high) - static_cast<std::uint64_t>(type.low);
}

std::int64_t integer_at(const IntegerType& type, std::uint64_t rank) {
  const auto target = static_cast<std::uint64_t>(type.target);
  const std::uint64_t above = static_cast<std::uint64_t>(type.high) - target;
  const std::uint64_t below = target - static_cast<std::uint64_t>(type.low);
  const std::uint64_t both = std::min(above, below);
  bool up = rank % 2 == 1;
  std::uint64_t distance = rank / 2 + rank % 2;
  if (distance > both) {
    up = above > below;
    distance = rank - both;
  }
  return static_cast<std::int64_t>(up ? target + distance : target - distance);
}

std::uint64_t rank_of(const IntegerType& type, std::int64_t value) {
  const auto target = static_cast<std::uint64_t>(type.target);
  const std::uint64_t above = static_cast<std::uint64_t>(type.high) - target;
  const std::uint64_t below = target - static_cast<std::uint64_t>(type.low);
  const std::uint64_t both = std::min(above, below);
  const bool up = value > type.target;
  const std::uint64_t distance =
      up ? static_cast<std::uint64_t>(value) - target : target - static_cast<std::uint64_t>(value);
  if (distance > both) return distance + both;
  return up ? 2 * distance - 1 : 2 * distance;
}

// ---- numbers ----

bool is_in(const NumberType& type, double value) {
  if (std::isnan(value)) return type.nan;
  if (std::isinf(value)) return type.infinities && value >= type.low && value <= type.high;
  return value >= type.low && value <= type.high;
}

std::optional<std::uint64_t> rank_of_number(double value) {
  for (std::size_t i = 0; i < kSpecialNumbers.size(); ++i) {
    if (is_same_double(value, kSpecialNumbers[i])) return kSpecials + i;
  }
  for (std::size_t i = 0; i < kLastNumbers.size(); ++i) {
    if (is_same_double(value, kLastNumbers[i])) return kLast + i;
  }
  if (is_whole(value)) return rank_of_whole_number(static_cast<std::int64_t>(value));
  if (const auto decimal = rank_of_decimal(value)) return decimal;
  const std::uint64_t exponent = std::bit_cast<std::uint64_t>(std::abs(value)) >> kMantissaBits;
  if (exponent < kLowestExponent || exponent > kHighestExponent) return {};
  return rank_among_rest(value);
}

std::optional<Decimal> decimal_at(std::uint64_t rank) {
  const auto digits = static_cast<int>(rank >> kDigitsShift);
  if (digits == 0 || rank >= kSpecials) return {};
  const std::uint64_t scaled = rank & ((std::uint64_t{1} << kDigitsShift) - 1);
  return Decimal{unzigzag(std::min(scaled, kMostWholeRank)), std::min(digits, kMostDigits)};
}

double to_number(const Decimal& decimal) {
  return static_cast<double>(decimal.scaled) / power_of_ten(decimal.digits);
}

double number_at(std::uint64_t rank) {
  if (rank >= kLast) return kLastNumbers[rank - kLast];
  if (rank >= kRest) return number_among_rest(rank);
  if (rank >= kSpecials) {
    return kSpecialNumbers[std::min<std::uint64_t>(rank - kSpecials, kSpecialNumbers.size() - 1)];
  }
  if (const auto decimal = decimal_at(rank)) return to_number(*decimal);
  return static_cast<double>(whole_number_at(std::min(rank, kMostWholeRank)));
}

// ---- either ----

std::uint64_t simplest_rank(const ChoiceType& type) {
  const auto* number = std::get_if<NumberType>(&type);
  return number == nullptr ? 0 : number->simplest;
}

std::uint64_t settle_rank(const ChoiceType& type, std::uint64_t rank) {
  if (const auto* integer = std::get_if<IntegerType>(&type)) {
    return rank <= most_rank(*integer) ? rank : 0;
  }
  const auto& number = std::get<NumberType>(type);
  const double value = number_at(rank);
  // Not every number below 2^64 is a rank: 1.50 is only written as 1.5.
  return is_in(number, value) ? rank_of_number(value).value_or(number.simplest) : number.simplest;
}

std::optional<std::int64_t> whole_at(const ChoiceType& type, std::uint64_t rank) {
  if (const auto* integer = std::get_if<IntegerType>(&type)) return integer_at(*integer, rank);
  const double value = number_at(rank);
  if (!is_whole(value) || (value == 0 && std::signbit(value))) return {};
  return static_cast<std::int64_t>(value);
}

std::optional<std::uint64_t> rank_of_whole(const ChoiceType& type, std::int64_t value) {
  if (const auto* integer = std::get_if<IntegerType>(&type)) {
    if (value < integer->low || value > integer->high) return {};
    return rank_of(*integer, value);
  }
  if (value < -kLargestWhole || value > kLargestWhole) return {};
  const auto number = static_cast<double>(value);
  if (!is_in(std::get<NumberType>(type), number)) return {};
  return rank_of_number(number);
}

}  // namespace harness
