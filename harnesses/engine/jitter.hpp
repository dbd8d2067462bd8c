// Jitter: which of the usual ways to randomise a delay some observed delays look like. For reports:
// it says what was seen instead of what was asked for, and decides nothing.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace harness {

enum class JitterFamily {
  none,          // always the same
  full,          // evenly in [0, d]
  equal,         // evenly in [d/2, d]
  added,         // evenly in [d, 2d]
  proportional,  // evenly in d +- p %
  other,
};
// "none", "full [0, d]", ...; `percent` is for proportional.
[[nodiscard]] std::string name_of(JitterFamily family, int percent);

struct SeenJitter {
  JitterFamily family;
  int percent;           // of proportional
  std::string evidence;  // "64 delays from 0.51 d to 0.99 d, at most 0.06 off equal [d/2, d]"
};
// `ratios`: delays divided by the d that each had without jitter; at least one. `rounding`: how far
// a ratio may be off.
[[nodiscard]] SeenJitter see_jitter(std::span<const double> ratios, double rounding);

// P(X <= x) of an even distribution.
[[nodiscard]] double even_between(double low, double high, double x);

}  // namespace harness
