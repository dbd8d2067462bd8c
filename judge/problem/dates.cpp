#include "judge/problem/dates.hpp"

#include <chrono>

namespace judge {
namespace {

class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_{text} {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  bool skip(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Exactly `digits` of them.
  std::optional<int> number(std::size_t digits) {
    if (rest_.size() < digits) return {};
    int value = 0;
    for (const char c : rest_.substr(0, digits)) {
      if (c < '0' || c > '9') return {};
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(digits);
    return value;
  }
  // One to three digits, as thousandths.
  std::optional<int> thousandths() {
    int value = 0;
    int digits = 0;
    for (; digits < 3 && !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; ++digits) {
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    if (digits == 0) return {};
    for (; digits < 3; ++digits) value *= 10;
    return value;
  }

 private:
  std::string_view rest_;
};

std::optional<std::int64_t> time_of_day(Cursor& cursor) {
  const auto hour = cursor.number(2);
  if (!hour || *hour > 23 || !cursor.skip(':')) return {};
  const auto minute = cursor.number(2);
  if (!minute || *minute > 59 || !cursor.skip(':')) return {};
  const auto second = cursor.number(2);
  if (!second || *second > 59) return {};
  int fraction = 0;
  if (cursor.skip('.')) {
    const auto digits = cursor.thousandths();
    if (!digits) return {};
    fraction = *digits;
  }
  if (!cursor.skip('Z')) return {};
  return ((*hour * 60 + *minute) * 60 + *second) * std::int64_t{1000} + fraction;
}

}  // namespace

std::optional<std::int64_t> parse_instant(std::string_view text) {
  Cursor cursor{text};
  const auto year = cursor.number(4);
  if (!year || *year < 1 || !cursor.skip('-')) return {};
  const auto month = cursor.number(2);
  if (!month || !cursor.skip('-')) return {};
  const auto day = cursor.number(2);
  if (!day) return {};
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return {};
  std::int64_t of_day = 0;
  if (cursor.skip('T')) {
    const auto time = time_of_day(cursor);
    if (!time) return {};
    of_day = *time;
  }
  if (!cursor.at_end()) return {};
  constexpr std::int64_t kDayMs = 86'400'000;
  return std::chrono::sys_days{date}.time_since_epoch().count() * kDayMs + of_day;
}

}  // namespace judge
