#include "harnesses/engine/statistics.hpp"

#include <algorithm>
#include <cmath>

#include "sandbox/base/check.hpp"

namespace harness {

bool AlphaLedger::spend(std::string test, double alpha) {
  JUDGE_CHECK(alpha > 0, "a test that cannot err cannot reject");
  constexpr double kRounding = 1e-20;  // ten times 1e-9 is a little more than 1e-8 in doubles
  if (spent_ + alpha > kMost + kRounding) return false;
  spent_ += alpha;
  entries_.emplace_back(std::move(test), alpha);
  return true;
}

double dkw_bound(std::size_t samples, double alpha) {
  return std::sqrt(std::log(2 / alpha) / (2 * static_cast<double>(samples)));
}

double largest_distance(std::span<const double> samples, const DistributionFunction& expected,
                        double rounding) {
  std::vector<double> sorted(samples.begin(), samples.end());
  std::sort(sorted.begin(), sorted.end());
  const auto count = static_cast<double>(sorted.size());
  double largest = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const auto below = static_cast<double>(i);
    // At the sample the empirical function jumps from i / n to (i + 1) / n. A sample x stands for
    // something up to x + rounding, and not below x - rounding; to the left of that, `expected` has
    // its limit from the left, which nextafter comes as close to as doubles can.
    const double above = expected(sorted[i] + rounding);
    const double before = expected(std::nextafter(sorted[i] - rounding, -HUGE_VAL));
    largest = std::max({largest, (below + 1) / count - above, before - below / count});
  }
  return largest;
}

std::optional<DistributionTest::Look> DistributionTest::add(double sample) {
  samples_.push_back(sample);
  if (samples_.size() < next_look_) return {};
  const Look look{.samples = samples_.size(),
                  .distance = largest_distance(samples_, expected_, rounding_),
                  .bound = dkw_bound(samples_.size(), next_alpha_)};
  next_look_ *= 2;
  next_alpha_ /= 2;
  return look;
}

std::optional<Dependence> lag_one_dependence(std::span<const double> samples, double alpha) {
  const std::size_t comparisons = samples.size() / 4;
  if (comparisons == 0) return {};
  double sum = 0;
  for (std::size_t i = 0; i < comparisons; ++i) {
    const auto here = samples.subspan(2 * i, 2);
    const auto there = samples.subspan(2 * (comparisons + i), 2);
    const double product = (here[0] - there[0]) * (here[1] - there[1]);
    sum += product > 0 ? 1 : product < 0 ? -1 : 0;
  }
  const auto count = static_cast<double>(comparisons);
  return Dependence{.mean = sum / count, .bound = std::sqrt(2 * std::log(2 / alpha) / count)};
}

bool is_same_sequence(std::span<const double> left, std::span<const double> right, double tie,
                      double alpha) {
  if (!std::equal(left.begin(), left.end(), right.begin(), right.end())) return false;
  return static_cast<double>(left.size()) * std::log(tie) <= std::log(alpha);
}

}  // namespace harness
