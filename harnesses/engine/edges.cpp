#include "harnesses/engine/edges.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace harness {
namespace {

template <typename T>
void append_limits(std::vector<std::int64_t>& out) {
  out.push_back(std::numeric_limits<T>::max());
  out.push_back(std::int64_t{std::numeric_limits<T>::max()} + 1);
  out.push_back(std::numeric_limits<T>::min());
}

constexpr double kTwo53 = 9007199254740992;
constexpr std::array kPowers = {1.0, 10.0, 100.0, 1000.0};

}  // namespace

std::vector<std::int64_t> edges_of(const IntegerType& type) {
  constexpr std::int64_t kSafe = (std::int64_t{1} << 53) - 1;  // JavaScript's largest safe integer
  std::vector<std::int64_t> out = {type.low, type.high, type.target, 0, 1, -1, kSafe, -kSafe};
  append_limits<std::int8_t>(out);
  append_limits<std::uint8_t>(out);
  append_limits<std::int16_t>(out);
  append_limits<std::uint16_t>(out);
  append_limits<std::int32_t>(out);
  append_limits<std::uint32_t>(out);
  if (type.low < type.high) {
    out.push_back(type.low + 1);
    out.push_back(type.high - 1);
  }
  std::erase_if(out, [&](std::int64_t value) { return value < type.low || value > type.high; });
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<std::uint64_t> edges_of(const NumberType& type) {
  using Limits = std::numeric_limits<double>;
  std::vector<std::uint64_t> out{type.simplest};
  for (const double value : {type.low,
                             type.high,
                             0.0,
                             -0.0,
                             1.0,
                             -1.0,
                             0.1,
                             0.5,
                             -0.5,
                             1 - Limits::epsilon() / 2,
                             1 + Limits::epsilon(),
                             2147483648.0,
                             -2147483649.0,
                             4294967296.0,
                             kTwo53 - 1,
                             kTwo53,
                             kTwo53 + 2,
                             1e21,
                             Limits::max(),
                             -Limits::max(),
                             Limits::min(),
                             Limits::denorm_min(),
                             -Limits::denorm_min(),
                             Limits::infinity(),
                             -Limits::infinity(),
                             Limits::quiet_NaN()}) {
    const auto rank = rank_of_number(value);
    if (rank && is_in(type, value)) out.push_back(*rank);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::uint64_t propose_rank(std::uint64_t kind, std::uint64_t bits, std::uint64_t more_bits) {
  if (kind <= 4) {
    // A whole number of up to 53 bits, or a decimal with as many digits as `kind` says.
    const std::uint64_t size = bits >> (11 + more_bits % 53);
    const double whole = static_cast<double>(size) * (more_bits >> 63 != 0 ? -1 : 1);
    return rank_of_number(whole / kPowers[kind % kPowers.size()]).value_or(0);
  }
  const auto any = std::bit_cast<double>(bits);
  return std::isfinite(any) ? rank_of_number(any).value_or(0) : 0;
}

std::uint64_t rank_between(const NumberType& type, std::uint64_t bits) {
  const double low = std::max(type.low, -kTwo53);
  const double high = std::min(type.high, kTwo53);
  const double part = static_cast<double>(bits >> 11) / kTwo53;
  const double value = low + (high - low) * part;
  const auto rank = rank_of_number(value);
  return rank && is_in(type, value) ? *rank : type.simplest;
}

}  // namespace harness
