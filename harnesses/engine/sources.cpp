#include "harnesses/engine/sources.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "harnesses/engine/edges.hpp"
#include "sandbox/base/check.hpp"

namespace harness {
namespace {

constexpr std::size_t kRemembered = 32;

// Uniform up to and including `most`, by rejection. std::uniform_int_distribution is not the same
// on every library; this is.
std::uint64_t up_to(std::mt19937_64& random, std::uint64_t most) {
  if (most == std::mt19937_64::max()) return random();
  const std::uint64_t bound = most + 1;
  const std::uint64_t largest_fair = std::mt19937_64::max() - std::mt19937_64::max() % bound;
  std::uint64_t drawn = random();
  while (drawn >= largest_fair) drawn = random();
  return drawn % bound;
}

std::uint64_t weighted(std::mt19937_64& random, std::span<const unsigned> weights) {
  const auto total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
  std::uint64_t left = up_to(random, total - 1);
  std::uint64_t option = 0;
  while (left >= weights[option]) left -= weights[option++];
  return option;
}

// Every number of bits alike, so that small ranks are as likely as large ones.
std::uint64_t by_magnitude(std::mt19937_64& random, std::uint64_t most) {
  const std::uint64_t bits = up_to(random, static_cast<std::uint64_t>(std::bit_width(most)));
  if (bits == 0) return 0;
  return up_to(random, std::min(most, (~std::uint64_t{0}) >> (64 - bits)));
}

}  // namespace

std::uint64_t RandomSource::choose(const Question& question) {
  if (!question.weights.empty()) return weighted(random_, question.weights);
  const auto* integer = std::get_if<IntegerType>(&question.type);
  if (integer != nullptr && question.spread == Spread::even) {
    return up_to(random_, most_rank(*integer));
  }
  const std::uint64_t rank =
      integer != nullptr ? vary(*integer) : vary(std::get<NumberType>(question.type));
  if (varied_.size() == kRemembered) varied_.erase(varied_.begin());
  varied_.push_back({question.type, rank});
  return rank;
}

const RandomSource::Answer* RandomSource::recall(const ChoiceType& type) {
  if (varied_.empty() || up_to(random_, 7) != 0) return nullptr;
  const Answer& answer = varied_[up_to(random_, varied_.size() - 1)];
  return answer.type == type ? &answer : nullptr;
}

std::uint64_t RandomSource::vary(const IntegerType& type) {
  constexpr std::uint64_t kFew = 20;
  if (const Answer* again = recall(type)) return again->rank;
  const std::uint64_t most = most_rank(type);
  if (most < kFew) return up_to(random_, most);
  if (up_to(random_, 7) == 0) {
    const auto edges = edges_of(type);
    return rank_of(type, edges[up_to(random_, edges.size() - 1)]);
  }
  return by_magnitude(random_, most);
}

std::uint64_t RandomSource::vary(const NumberType& type) {
  if (const Answer* again = recall(type)) return again->rank;
  const std::uint64_t kind = up_to(random_, 7);
  if (kind <= 1) {
    const auto edges = edges_of(type);
    return edges[up_to(random_, edges.size() - 1)];
  }
  // Some numbers of one kind miss a narrow range; after a few, anything in it will do.
  for (int tries = 0; tries < 4; ++tries) {
    const std::uint64_t rank = propose_rank(kind, random_(), random_());
    if (settle_rank(type, rank) == rank) return rank;
  }
  return rank_between(type, random_());
}

std::uint64_t ReplaySource::choose(const Question& question) {
  return next_ < sequence_.size() ? settle_rank(question.type, sequence_[next_++])
                                  : simplest_rank(question.type);
}

std::uint64_t ResumedSource::choose(const Question& question) {
  if (left_ == 0) return rest_.choose(question);
  --left_;
  return drawn_.choose(question);
}

std::uint64_t HeuristicSource::choose(const Question& question) {
  const auto* type = std::get_if<IntegerType>(&question.type);
  const std::uint64_t last = type == nullptr ? 0 : most_rank(*type);
  switch (question.purpose) {
    case Purpose::act:
    case Purpose::swarm:
      return 0;
    case Purpose::pick:
      return order_ == Order::oldest_first ? 0 : last;
    case Purpose::outcome:
      if (failing_ == Failing::none) return 0;
      if (failing_ == Failing::all) return last;
      if (failing_ == Failing::one && failed_one_) return 0;
      break;
    case Purpose::size:
    case Purpose::data:
    case Purpose::variant:
    case Purpose::value:
      break;
  }
  const std::uint64_t chosen = random_.choose(question);
  if (question.purpose == Purpose::outcome && chosen != 0) failed_one_ = true;
  return chosen;
}

std::uint64_t ExhaustiveSource::choose(const Question& question) {
  const auto* type = std::get_if<IntegerType>(&question.type);
  if (type == nullptr || question.purpose == Purpose::value) return values_.choose(question);
  if (question.purpose == Purpose::swarm) return 0;
  std::uint64_t most = most_rank(*type);
  if (question.purpose == Purpose::size && most > largest_) {
    most = largest_;
    capped_ = true;
  }
  const auto comes = [&](std::uint64_t rank) {
    const auto& weights = question.possible.empty() ? question.weights : question.possible;
    return weights.empty() || weights[rank] != 0;
  };
  while (most > 0 && !comes(most)) --most;
  if (depth_ == path_.size()) path_.push_back({0, most});
  // A program that is not deterministic may offer fewer options than last time; the path is then
  // cut, not trusted.
  Step& step = path_[depth_++];
  step.most = most;
  step.rank = std::min(step.rank, most);
  while (step.rank < most && !comes(step.rank)) ++step.rank;
  return step.rank;
}

bool ExhaustiveSource::advance() {
  path_.resize(depth_);
  depth_ = 0;
  while (!path_.empty() && path_.back().rank >= path_.back().most) path_.pop_back();
  if (path_.empty()) return false;
  ++path_.back().rank;
  return true;
}

}  // namespace harness
