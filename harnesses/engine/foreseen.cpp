#include "harnesses/engine/foreseen.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>
#include <variant>

namespace harness {
namespace {

// The increment of splitmix64, which keeps neighbours apart.
constexpr std::uint64_t kApart = 0x9E3779B97F4A7C15U;

std::span<const unsigned> weights_of(const Question& question) {
  return question.possible.empty() ? question.weights : question.possible;
}

std::uint64_t most_of(const Question& question) {
  return most_rank(std::get<IntegerType>(question.type));
}

// The least that comes to `rank`.
std::uint32_t number_of(std::span<const unsigned> weights, std::uint64_t rank) {
  if (weights.empty()) return static_cast<std::uint32_t>(rank);
  return std::accumulate(weights.begin(), weights.begin() + static_cast<std::ptrdiff_t>(rank), 0U);
}

bool comes(std::span<const unsigned> weights, std::uint64_t rank) {
  return weights.empty() || weights[rank] != 0;
}

}  // namespace

std::uint64_t answer_of(const Question& question, std::uint32_t number) {
  const std::span<const unsigned> weights = weights_of(question);
  if (weights.empty()) return number % (most_of(question) + 1);
  const auto total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
  std::uint64_t left = number % total;
  std::uint64_t rank = 0;
  while (left >= weights[rank]) left -= weights[rank++];
  return rank;
}

std::uint64_t ForeseenSource::choose(const Question& question) {
  if (question.purpose != Purpose::act && question.purpose != Purpose::pick) {
    return choose_other(question);
  }
  const std::uint64_t rank = answer_of(question, number(next_++));
  note_scheduled(question, rank);
  return rank;
}

std::vector<std::uint32_t> ForeseenSource::foresee(std::size_t count) {
  std::vector<std::uint32_t> numbers;
  numbers.reserve(count);
  for (std::size_t i = 0; i < count; ++i) numbers.push_back(number(next_ + i));
  return numbers;
}

void ForeseenRandomSource::rewind() {
  ForeseenSource::rewind();
  others_.emplace(seed_);
}

std::uint64_t ForeseenRandomSource::choose_other(const Question& question) {
  return others_->choose(question);
}

// splitmix64 (Steele, Lea, Flood, OOPSLA 2014), which can be asked for any place. What random_ of
// RandomSource takes to be seeded is a tenth of a scripted case.
std::uint32_t ForeseenRandomSource::number(std::size_t at) {
  std::uint64_t mixed = ~seed_ + kApart * (at + 1);
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
  return static_cast<std::uint32_t>((mixed ^ (mixed >> 31U)) >> 32U);
}

// ---- one after the other ----

std::optional<Enumeration::Step> Enumeration::Options::behind(std::uint64_t rank) const {
  for (++rank; rank <= most; ++rank) {
    if (comes(weights, rank)) return Step{.rank = rank, .number = number_of(weights, rank)};
  }
  return {};
}

std::unique_ptr<Enumeration::Source> Enumeration::next() {
  std::vector<Step> told;
  if (begun_) {
    if (branches_.empty()) return nullptr;
    Branch& branch = branches_.back();
    const auto leaves = branch.path->begin() + static_cast<std::ptrdiff_t>(branch.depth);
    told.assign(branch.path->begin(), leaves);
    told.push_back(branch.step);
    if (const auto another = branch.options.behind(branch.step.rank)) {
      branch.step = *another;
    } else {
      branches_.pop_back();
    }
  }
  begun_ = true;
  const std::uint64_t seed = seed_ + kApart * handed_out_++;
  return std::make_unique<Source>(std::move(told), largest_, seed);
}

void Enumeration::add_branches(const Source& ran) {
  capped_ = capped_ || ran.capped_;
  const auto path = std::make_shared<const std::vector<Step>>(ran.path_);
  const std::size_t told = ran.path_.size() - ran.options_.size();
  for (std::size_t i = 0; i < ran.options_.size(); ++i) {
    const Options& options = ran.options_[i];
    if (const auto another = options.behind(ran.path_[told + i].rank)) {
      branches_.push_back({.path = path, .depth = told + i, .step = *another, .options = options});
    }
  }
}

void Enumeration::Source::rewind() {
  ForeseenSource::rewind();
  values_.emplace(seed_);
  path_.clear();
  options_.clear();
  others_ = 0;
}

std::uint64_t Enumeration::Source::choose_other(const Question& question) {
  const auto* type = std::get_if<IntegerType>(&question.type);
  if (type == nullptr || question.purpose == Purpose::value) return values_->choose(question);
  if (question.purpose == Purpose::swarm) return 0;
  const std::span<const unsigned> weights = weights_of(question);
  std::uint64_t most = most_rank(*type);
  if (question.purpose == Purpose::size && most > largest_) {
    most = largest_;
    capped_ = true;
  }
  while (most > 0 && !comes(weights, most)) --most;
  // A program that is not deterministic may offer fewer options than when this was found out; what
  // was told is then cut, not trusted.
  const std::size_t at = path_.size();
  std::uint64_t rank = at < told_.size() ? std::min(told_[at].rank, most) : 0;
  while (rank < most && !comes(weights, rank)) ++rank;
  ++others_;
  note({.most = most, .weights = {weights.begin(), weights.end()}}, rank);
  return rank;
}

std::uint32_t Enumeration::Source::number(std::size_t at) {
  const std::size_t place = at + others_;
  return place < told_.size() ? told_[place].number : 0;
}

void Enumeration::Source::note_scheduled(const Question& question, std::uint64_t rank) {
  const std::span<const unsigned> weights = weights_of(question);
  note({.most = most_of(question), .weights = {weights.begin(), weights.end()}}, rank);
}

void Enumeration::Source::note(Options options, std::uint64_t rank) {
  path_.push_back({.rank = rank, .number = number_of(options.weights, rank)});
  if (path_.size() > told_.size()) options_.push_back(std::move(options));
}

}  // namespace harness
