#include "harnesses/engine/choice.hpp"

#include <algorithm>
#include <numeric>

#include "sandbox/base/check.hpp"

namespace harness {
namespace {

// Uniform below `bound` by rejection. std::uniform_int_distribution is not the same on every
// library; this is.
std::uint64_t below(std::mt19937_64& random, std::uint64_t bound) {
  const std::uint64_t largest_fair = std::mt19937_64::max() - std::mt19937_64::max() % bound;
  std::uint64_t drawn = random();
  while (drawn >= largest_fair) drawn = random();
  return drawn % bound;
}

}  // namespace

std::uint64_t Choices::draw(Purpose purpose, std::uint64_t options) {
  even_.assign(options, 1);
  return draw(purpose, even_);
}

std::uint64_t Choices::draw(Purpose purpose, std::span<const unsigned> weights) {
  JUDGE_CHECK(!weights.empty(), "a choice needs at least one option");
  if (weights.size() == 1) return 0;
  const std::uint64_t chosen = source_.choose(purpose, weights);
  JUDGE_CHECK(chosen < weights.size(), "a source must answer with one of the options");
  drawn_.push_back(chosen);
  return chosen;
}

std::uint64_t RandomSource::choose(Purpose, std::span<const unsigned> weights) {
  const auto total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
  std::uint64_t left = below(random_, total);
  std::uint64_t option = 0;
  while (left >= weights[option]) left -= weights[option++];
  return option;
}

std::uint64_t ReplaySource::choose(Purpose, std::span<const unsigned> weights) {
  return next_ < sequence_.size() ? sequence_[next_++] % weights.size() : 0;
}

std::uint64_t HeuristicSource::choose(Purpose purpose, std::span<const unsigned> weights) {
  switch (purpose) {
    case Purpose::act:
      return 0;
    case Purpose::pick:
      return order_ == Order::oldest_first ? 0 : weights.size() - 1;
    case Purpose::outcome:
      if (failing_ == Failing::none) return 0;
      if (failing_ == Failing::all) return weights.size() - 1;
      if (failing_ == Failing::one && failed_one_) return 0;
      break;
    case Purpose::size:
    case Purpose::data:
    case Purpose::variant:
    case Purpose::value:
      break;
  }
  const std::uint64_t chosen = random_.choose(purpose, weights);
  if (purpose == Purpose::outcome && chosen != 0) failed_one_ = true;
  return chosen;
}

std::uint64_t ExhaustiveSource::choose(Purpose purpose, std::span<const unsigned> weights) {
  if (purpose == Purpose::value) return values_.choose(purpose, weights);
  std::uint64_t options = weights.size();
  if (purpose == Purpose::size && options > largest_ + 1) {
    options = largest_ + 1;
    capped_ = true;
  }
  if (depth_ == path_.size()) path_.push_back({0, options});
  // A program that is not deterministic may offer fewer options than last time; the path is then
  // cut, not trusted.
  Step& step = path_[depth_++];
  step.options = options;
  step.value = std::min(step.value, options - 1);
  return step.value;
}

bool ExhaustiveSource::advance() {
  path_.resize(depth_);
  depth_ = 0;
  while (!path_.empty() && path_.back().value + 1 >= path_.back().options) path_.pop_back();
  if (path_.empty()) return false;
  ++path_.back().value;
  return true;
}

}  // namespace harness
