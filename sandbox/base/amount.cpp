#include "sandbox/base/amount.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "sandbox/base/escape.hpp"

namespace base {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};

constexpr std::array kDurations{Unit{"ms", 1}, Unit{"s", 1000}, Unit{"min", 60'000}};
constexpr std::array kSizes{Unit{"B", 1}, Unit{"KiB", 1ULL << 10U}, Unit{"MiB", 1ULL << 20U},
                            Unit{"GiB", 1ULL << 30U}};
constexpr std::size_t kMostDigits = 10;  // 10^10 GiB still fits 64 bits

// What can be measured, smallest unit first, and an amount that is usual for it.
struct Dimension {
  std::span<const Unit> units;
  std::string_view usual_number;
  std::string_view usual_unit;
};

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

// "ms, s or min"
std::string names_of(std::span<const Unit> units) {
  std::string names;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (i > 0) names += i + 1 == units.size() ? " or " : ", ";
    names += units[i].name;
  }
  return names;
}

Result<std::uint64_t> parse_amount(std::string_view text, const Dimension& dimension,
                                   AmountStyle style) {
  const auto with_unit = [&](std::string_view number) {
    std::string amount{number};
    if (style == AmountStyle::spaced) amount += ' ';
    return amount.append(dimension.usual_unit);
  };
  const auto refuse = [&](std::string_view found, const std::string& instead) {
    return invalid_input(quoted(text) + std::string{found} + "; write " + instead);
  };
  const std::string example = with_unit(dimension.usual_number);
  const std::optional<Written> written = split(text);
  if (!written) return refuse(" is not a number with a unit", example);
  if (written->unit.empty()) return refuse(" has no unit", with_unit(text));
  for (const Unit& unit : dimension.units) {
    if (unit.name != written->unit) continue;
    std::uint64_t scale = 1;
    for (std::size_t i = 0; i < written->fraction.size(); ++i) scale *= 10;
    const std::uint64_t digits = std::stoull(written->whole + written->fraction);
    if (digits * unit.factor % scale != 0) {
      return refuse(" is not a whole number of " + std::string{dimension.units.front().name},
                    "it in a smaller unit");
    }
    return digits * unit.factor / scale;
  }
  return refuse(" has an unknown unit", names_of(dimension.units) + ", e.g. " + example);
}

}  // namespace

Result<std::chrono::milliseconds> parse_duration(std::string_view text, AmountStyle style) {
  return parse_amount(text, {kDurations, "4", "s"}, style).map([](std::uint64_t amount) {
    return std::chrono::milliseconds{static_cast<std::int64_t>(amount)};
  });
}

Result<Bytes> parse_bytes(std::string_view text, AmountStyle style) {
  return parse_amount(text, {kSizes, "256", "MiB"}, style).map([](std::uint64_t amount) {
    return Bytes{amount};
  });
}

std::string to_string(std::chrono::milliseconds duration) {
  const std::int64_t count = duration.count();
  if (count != 0 && count % 60'000 == 0) return std::to_string(count / 60'000) + " min";
  if (count % 1000 == 0) return std::to_string(count / 1000) + " s";
  return std::to_string(count) + " ms";
}

}  // namespace base
