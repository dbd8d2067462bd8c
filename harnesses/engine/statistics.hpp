// Statistics that never fail a right program by chance: bounds that hold for every number of
// samples, and a probability of error that is fixed before looking and added up over a verdict.
// No asymptotic p-values. Where the randomness itself can be fed, do that instead: it is exact.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace harness {

// The probability that some test of a verdict rejects a right program, added up. At most 1e-8: one
// wrong rejection in a hundred million verdicts.
class AlphaLedger {
 public:
  static constexpr double kMost = 1e-8;
  // Each test takes its share once, before it looks at anything. False: there is not so much left,
  // and the test must not be made.
  [[nodiscard]] bool spend(std::string test, double alpha);
  [[nodiscard]] double spent() const { return spent_; }
  [[nodiscard]] const std::vector<std::pair<std::string, double>>& entries() const {
    return entries_;
  }

 private:
  std::vector<std::pair<std::string, double>> entries_;
  double spent_ = 0;
};

// How far an empirical distribution function of n independent samples is from the true one at most,
// but with probability alpha: sqrt(ln(2 / alpha) / (2 n)), for every n (Dvoretzky, Kiefer and
// Wolfowitz 1956, with the constant of Massart 1990).
[[nodiscard]] double dkw_bound(std::size_t samples, double alpha);

// P(X <= x). Need not be continuous.
using DistributionFunction = std::function<double(double)>;

// The largest distance between the samples' distribution function and `expected`. `rounding`: each
// sample may be off by as much; then only what no such error explains counts.
[[nodiscard]] double largest_distance(std::span<const double> samples,
                                      const DistributionFunction& expected, double rounding);

// Compares samples with a distribution at 64, 128, 256, ... of them. The k-th look may err with
// probability alpha / 2^k, all together with alpha, however many there are.
class DistributionTest {
 public:
  static constexpr double kAlpha = 1e-9;
  static constexpr std::size_t kFirstLook = 64;

  struct Look {
    std::size_t samples;
    double distance;
    double bound;
    [[nodiscard]] bool rejects() const { return distance > bound; }
  };

  DistributionTest(DistributionFunction expected, double rounding)
      : expected_{std::move(expected)}, rounding_{rounding} {}

  // A look, when as many samples are there as the next one needs.
  std::optional<Look> add(double sample);

 private:
  DistributionFunction expected_;
  double rounding_;
  std::vector<double> samples_;
  std::size_t next_look_ = kFirstLook;
  double next_alpha_ = kAlpha / 2;
};

// Whether a sample tells of the next one. Two neighbours are compared with two others from the
// other half of the samples, each used once: they are concordant (+1), discordant (-1) or tied (0).
// For independent samples of one distribution each comparison has mean 0, since the first of both
// could be exchanged, and Hoeffding's inequality (1963) bounds the mean of all: sqrt(2 ln(2 /
// alpha) / comparisons). An estimate of Kendall's tau at lag 1.
struct Dependence {
  double mean;
  double bound;
  [[nodiscard]] bool rejects() const { return mean > bound || mean < -bound; }
};
// Nothing for fewer than four samples.
[[nodiscard]] std::optional<Dependence> lag_one_dependence(std::span<const double> samples,
                                                           double alpha);

// Whether two instances drew the same sequence, as from one seed (a herd). `tie`: the most that two
// independent samples can agree with probability, such as 1 / (d + 1) for whole milliseconds below
// d. False when they differ, or when that may be chance with more than alpha.
[[nodiscard]] bool is_same_sequence(std::span<const double> left, std::span<const double> right,
                                    double tie, double alpha);

}  // namespace harness
