#include "harnesses/engine/jitter.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "harnesses/engine/statistics.hpp"

namespace harness {
namespace {

// How sure a name has to be; no verdict rests on it.
constexpr double kAlpha = 0.01;

std::string rounded(double value) {
  std::array<char, 32> text{};
  (void)std::snprintf(text.data(), text.size(), "%.2f", value);
  return text.data();
}

struct Candidate {
  JitterFamily family;
  double low;
  double high;
  int percent = 0;
};

// d +- p %: whole percents from what is seen, which falls a little short of the true limits.
Candidate proportional(double least, double most, double count) {
  const double half = std::max(most - 1, 1 - least) * (count + 1) / count;
  const int percent = std::max(1, static_cast<int>(std::lround(100 * half)));
  return {.family = JitterFamily::proportional,
          .low = 1 - percent / 100.0,
          .high = 1 + percent / 100.0,
          .percent = percent};
}

}  // namespace

double even_between(double low, double high, double x) {
  return std::clamp((x - low) / (high - low), 0.0, 1.0);
}

std::string name_of(JitterFamily family, int percent) {
  switch (family) {
    case JitterFamily::none:
      return "none";
    case JitterFamily::full:
      return "full [0, d]";
    case JitterFamily::equal:
      return "equal [d/2, d]";
    case JitterFamily::added:
      return "[d, 2d]";
    case JitterFamily::proportional:
      return "+-" + std::to_string(percent) + " %";
    case JitterFamily::other:
      return "other";
  }
  return "other";
}

SeenJitter see_jitter(std::span<const double> ratios, double rounding) {
  const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
  const std::string seen = std::to_string(ratios.size()) + " delays from " + rounded(*least) +
                           " d to " + rounded(*most) + " d";
  if (*most - *least <= 2 * rounding) return {JitterFamily::none, 0, seen};
  const auto count = static_cast<double>(ratios.size());
  const std::array candidates = {
      Candidate{JitterFamily::full, 0, 1}, Candidate{JitterFamily::equal, 0.5, 1},
      Candidate{JitterFamily::added, 1, 2}, proportional(*least, *most, count)};
  const Candidate* nearest = nullptr;
  double distance = 0;
  for (const Candidate& each : candidates) {
    const double off = largest_distance(
        ratios, [&](double x) { return even_between(each.low, each.high, x); }, rounding);
    if (nearest != nullptr && off >= distance) continue;
    nearest = &each;
    distance = off;
  }
  const bool fits = distance <= dkw_bound(ratios.size(), kAlpha);
  const std::string off = rounded(distance) + " off " + name_of(nearest->family, nearest->percent);
  if (!fits) return {JitterFamily::other, 0, seen + "; the nearest is " + off};
  return {nearest->family, nearest->percent, seen + ", at most " + off};
}

}  // namespace harness
