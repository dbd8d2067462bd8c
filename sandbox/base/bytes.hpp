// Bytes: an amount of memory or data, never mixed up with a count or a time.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace base {

class Bytes {
 public:
  constexpr Bytes() = default;
  constexpr explicit Bytes(std::uint64_t count) : count_{count} {}

  [[nodiscard]] constexpr std::uint64_t count() const { return count_; }
  constexpr auto operator<=>(const Bytes&) const = default;

 private:
  std::uint64_t count_ = 0;
};

namespace literals {
constexpr Bytes operator""_B(unsigned long long n) { return Bytes{n}; }
constexpr Bytes operator""_KiB(unsigned long long n) { return Bytes{n << 10U}; }
constexpr Bytes operator""_MiB(unsigned long long n) { return Bytes{n << 20U}; }
constexpr Bytes operator""_GiB(unsigned long long n) { return Bytes{n << 30U}; }
}  // namespace literals

// "256 MiB" when it divides evenly, else the next smaller unit, at last "123 B".
[[nodiscard]] std::string to_string(Bytes amount);

}  // namespace base
