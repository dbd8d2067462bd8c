#include "judge/problem/units.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "judge/problem/spelling.hpp"
#include "sandbox/base/escape.hpp"

namespace judge {
namespace {

using Unit = std::pair<std::string_view, std::uint64_t>;  // name, factor

constexpr Unit kDurations[] = {{"ms", 1}, {"s", 1000}, {"min", 60'000}};
constexpr Unit kSizes[] = {
    {"B", 1}, {"KiB", 1ULL << 10U}, {"MiB", 1ULL << 20U}, {"GiB", 1ULL << 30U}};
constexpr std::size_t kMostDigits = 10;  // 10^10 GiB still fits 64 bits

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Written {
  std::string whole;
  std::string fraction;
  std::string_view unit;
};

std::optional<Written> split(std::string_view text) {
  Written out;
  std::size_t i = 0;
  while (i < text.size() && is_digit(text[i])) out.whole += text[i++];
  if (i < text.size() && text[i] == '.') {
    ++i;
    while (i < text.size() && is_digit(text[i])) out.fraction += text[i++];
    if (out.fraction.empty()) return std::nullopt;
  }
  if (out.whole.empty() || out.whole.size() + out.fraction.size() > kMostDigits) {
    return std::nullopt;
  }
  while (i < text.size() && text[i] == ' ') ++i;
  out.unit = text.substr(i);
  return out;
}

tl::expected<std::uint64_t, std::string> parse_amount(std::string_view text,
                                                      std::span<const Unit> units,
                                                      std::string_view usual_unit,
                                                      std::string_view example) {
  const auto refuse = [&](std::string_view found, const std::string& instead) {
    return tl::unexpected<std::string>{base::quoted(text) + std::string{found} + "; write " +
                                       instead};
  };
  const std::optional<Written> written = split(text);
  if (!written) return refuse(" is not a number with a unit", std::string{example});
  if (written->unit.empty()) {
    return refuse(" has no unit", std::string{text} + " " + std::string{usual_unit});
  }
  for (const auto& [name, factor] : units) {
    if (name != written->unit) continue;
    std::uint64_t scale = 1;
    for (std::size_t i = 0; i < written->fraction.size(); ++i) scale *= 10;
    const std::uint64_t digits = std::stoull(written->whole + written->fraction);
    if (digits * factor % scale != 0) {
      return refuse(" is not a whole number of " + std::string{units.front().first},
                    "it in a smaller unit");
    }
    return digits * factor / scale;
  }
  std::vector<std::string> names;
  for (const Unit& unit : units) names.emplace_back(unit.first);
  return refuse(" has an unknown unit", one_of(names) + ", e.g. " + std::string{example});
}

}  // namespace

tl::expected<std::chrono::milliseconds, std::string> parse_duration(std::string_view text) {
  return parse_amount(text, kDurations, "s", "4 s").map([](std::uint64_t amount) {
    return std::chrono::milliseconds{static_cast<std::int64_t>(amount)};
  });
}

tl::expected<base::Bytes, std::string> parse_size(std::string_view text) {
  return parse_amount(text, kSizes, "MiB", "256 MiB").map([](std::uint64_t amount) {
    return base::Bytes{amount};
  });
}

}  // namespace judge
