#include "harnesses/protocol/rest.hpp"

#include <algorithm>
#include <cmath>

#include "harnesses/protocol/fields.hpp"

namespace harness {
namespace {

using Nanoseconds = std::chrono::nanoseconds;

constexpr double kNanosecondsInMs = 1e6;
constexpr double kDust = 0.01;  // nanoseconds, from subtracting
constexpr double kLongestMs = 86'400'000;
constexpr std::int64_t kMostTicks = 1'000'000;  // beyond it nobody counts

// What is no time, or more than a day, is not regarded. No less than it says, as it is a timer's.
std::optional<Nanoseconds> time_field(const Value& payload, std::string_view name) {
  const auto value = field(payload, name);
  if (!value) return {};
  double ms = -1;
  if (const auto* whole = std::get_if<std::int64_t>(&(*value)->data)) {
    ms = static_cast<double>(*whole);
  }
  if (const auto* real = std::get_if<double>(&(*value)->data)) ms = *real;
  if (!(ms >= 0 && ms <= kLongestMs)) return {};
  return Nanoseconds{static_cast<std::int64_t>(std::ceil(ms * kNanosecondsInMs - kDust))};
}

}  // namespace

base::Result<Rest> read_rest(const Value& payload) {
  Rest rest;
  JUDGE_TRY(rest.timers, boolean_field(payload, "timers"));
  JUDGE_TRY(rest.older, boolean_field(payload, "older"));
  JUDGE_TRY(rest.busy, boolean_field(payload, "busy"));
  JUDGE_TRY(const std::int64_t ticks, integer_field(payload, "ticks"));
  rest.ticks = std::clamp<std::int64_t>(ticks, 0, kMostTicks);
  if (rest.has_timers()) {
    rest.due = time_field(payload, "due");
    rest.next = time_field(payload, "next");
  }
  rest.alone = boolean_field(payload, "alone").value_or(false);
  return rest;
}

}  // namespace harness
