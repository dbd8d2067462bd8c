#include "harnesses/engine/bench/jitters.hpp"

#include <algorithm>
#include <cmath>

#include "harnesses/engine/statistics.hpp"

namespace harness::bench {
namespace {

// 53 random bits, the same on every machine.
double even(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

double clipped_normal(std::mt19937_64& random) {
  const double size = std::sqrt(-2 * std::log(1 - even(random)));
  const double normal = size * std::cos(6.283185307179586 * even(random));
  return std::clamp(0.5 + 0.25 * normal, 0.0, 1.0);
}

}  // namespace

const std::vector<Jitter>& jitters() {
  using Random = std::mt19937_64;
  static const std::vector<Jitter> all = {
      {"full", true, even},
      {"none", false, [](Random&) { return 1.0; }},
      {"equal [d/2, d]", false, [](Random& random) { return 0.5 + even(random) / 2; }},
      {"+-25 %", false, [](Random& random) { return 0.75 + even(random) / 2; }},
      {"u * v", false, [](Random& random) { return even(random) * even(random); }},
      {"sqrt(u)", false, [](Random& random) { return std::sqrt(even(random)); }},
      {"clipped normal", false, clipped_normal},
      {"10 steps", false, [](Random& random) { return std::floor(even(random) * 10) / 10; }},
      {"0.9 u", false, [](Random& random) { return even(random) * 0.9; }},
  };
  return all;
}

std::size_t samples_to_reject(const Jitter& jitter, std::uint64_t seed, std::size_t most) {
  std::mt19937_64 random{seed};
  DistributionTest test{[](double x) { return std::clamp(x, 0.0, 1.0); }, 0};
  for (std::size_t i = 0; i < most; ++i) {
    const auto look = test.add(jitter.draw(random));
    if (look && look->rejects()) return look->samples;
  }
  return 0;
}

}  // namespace harness::bench
