#include "harnesses/engine/strategies.hpp"

#include <algorithm>
#include <cmath>

namespace harness {
namespace {

// `count` of the moments below `moments`, or all of them.
std::set<std::uint64_t> some_moments(std::uint64_t count, std::uint64_t moments,
                                     std::mt19937_64& random) {
  std::set<std::uint64_t> chosen;
  const std::uint64_t most = std::max<std::uint64_t>(1, moments);
  while (chosen.size() < std::min(count, most)) chosen.insert(random() % most);
  return chosen;
}

}  // namespace

DeviatingSource::DeviatingSource(unsigned deviations, std::uint64_t moments, std::uint64_t seed)
    : random_{seed} {
  std::mt19937_64 random{~seed};
  deviate_at_ = some_moments(deviations, moments, random);
}

std::uint64_t DeviatingSource::choose(const Question& question) {
  const bool is_schedule = question.purpose == Purpose::act || question.purpose == Purpose::pick;
  const auto* type = std::get_if<IntegerType>(&question.type);
  if (!is_schedule || type == nullptr) return random_.choose(question);
  if (!deviate_at_.contains(moment_++)) return 0;
  const std::uint64_t most = most_rank(*type);
  if (most == 0) return 0;
  // Anything but the first; a weight of 0 does not come back here.
  for (int tries = 0; tries < 8; ++tries) {
    if (const std::uint64_t rank = random_.choose(question); rank != 0) return rank;
  }
  return 0;
}

PrioritySource::PrioritySource(unsigned depth, std::uint64_t acts, std::uint64_t seed)
    : random_{~seed}, others_{seed} {
  demote_at_ = some_moments(depth - 1, acts, random_);
}

std::uint64_t PrioritySource::choose(const Question& question) {
  const auto* type = std::get_if<IntegerType>(&question.type);
  switch (question.purpose) {
    case Purpose::act:
      ++moment_;
      return 0;
    case Purpose::pick:
      if (!question.names.empty()) return pick(question);
      break;
    case Purpose::size:
      if (type != nullptr && question.weights.empty()) return most_rank(*type);
      break;
    case Purpose::data:
    case Purpose::variant:
    case Purpose::outcome:
    case Purpose::value:
    case Purpose::swarm:
      break;
  }
  return others_.choose(question);
}

std::uint64_t PrioritySource::pick(const Question& question) {
  std::size_t highest = 0;
  // First priorities lie above every demoted one.
  constexpr std::uint64_t kFirst = std::uint64_t{1} << 63U;
  for (std::size_t i = 0; i < question.names.size(); ++i) {
    const auto [place, is_new] = priorities_.try_emplace(question.names[i], 0);
    if (is_new) place->second = random_() | kFirst;
    if (place->second > priorities_[question.names[highest]]) highest = i;
  }
  // The later it is demoted, the lower it gets.
  if (demote_at_.contains(moment_)) {
    demote_at_.erase(moment_);
    priorities_[question.names[highest]] = demote_at_.size();
    return pick(question);
  }
  return highest;
}

double miss_bound(unsigned depth, std::uint64_t inputs, std::uint64_t acts, std::int64_t cases) {
  const double ways = static_cast<double>(std::max<std::uint64_t>(1, inputs)) *
                      std::pow(static_cast<double>(std::max<std::uint64_t>(1, acts)), depth - 1);
  return std::pow(1 - 1 / ways, static_cast<double>(cases));
}

}  // namespace harness
