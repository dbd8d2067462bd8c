#include "harnesses/schedule/explore.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "harnesses/engine/shrink.hpp"
#include "harnesses/engine/sources.hpp"

namespace harness {
namespace {

constexpr std::size_t kBatch = 16;
constexpr int kConfirmations = 3;
constexpr std::size_t kMostHistory = 64;

class Explorer {
 public:
  Explorer(const Driver::Setting& setting, Oracle& oracle, std::uint64_t seed,
           const SearchBudget& budget)
      : setting_{setting}, driver_{setting}, oracle_{oracle}, seed_{seed}, budget_{budget} {
    for (const Predicate& predicate : setting.plan->predicates) open_.insert(predicate.criterion);
  }

  base::Result<Exploration> run() {
    JUDGE_TRY_VOID(search());
    for (Finding& finding : out_.findings) JUDGE_TRY_VOID(make_small(finding));
    JUDGE_TRY_VOID(driver_.restart());
    out_.cases = searched_;
    out_.usage = driver_.usage();
    return std::move(out_);
  }

 private:
  // ---- searching ----

  base::Status search() {
    JUDGE_TRY_VOID(search_heuristics());
    for (int i = 0; i < budget_.random && !is_over(); ++i) {
      RandomSource source{next_seed()};
      JUDGE_TRY_VOID(try_one(source));
    }
    JUDGE_TRY_VOID(search_exhaustively());
    return judge_batch();
  }

  base::Status search_heuristics() {
    using Order = HeuristicSource::Order;
    using Failing = HeuristicSource::Failing;
    for (int round = 0; round < budget_.heuristic_rounds; ++round) {
      for (const Order order : {Order::oldest_first, Order::newest_first}) {
        for (const Failing failing : {Failing::none, Failing::one, Failing::all, Failing::random}) {
          if (is_over()) return {};
          HeuristicSource source{order, failing, next_seed()};
          JUDGE_TRY_VOID(try_one(source));
        }
      }
    }
    return {};
  }

  // Size by size, so that what fits the budget is complete. A size that the budget cut short is
  // only sampled.
  base::Status search_exhaustively() {
    int left = budget_.exhaustive;
    for (std::uint64_t size = 0; left > 0 && !is_over(); ++size) {
      ExhaustiveSource source{size, next_seed()};
      bool more = true;
      while (more && left > 0 && !is_over()) {
        JUDGE_TRY_VOID(try_one(source));
        --left;
        more = source.advance();
      }
      if (more || is_over()) break;
      out_.exhaustive_up_to = size;
      out_.exhaustive = !source.was_capped();
      if (out_.exhaustive) break;
    }
    return {};
  }

  [[nodiscard]] bool is_over() const {
    return open_.empty() || out_.interruption.has_value() ||
           searched_ >= setting_.plan->most_cases.value_or(searched_ + 1);
  }

  // Independent of how many cases other tests ran; splitmix64's increment keeps neighbours apart.
  std::uint64_t next_seed() { return seed_ + 0x9E3779B97F4A7C15U * ++drawn_seeds_; }

  base::Status try_one(ChoiceSource& source) {
    JUDGE_TRY(Driver::Case done, driver_.run(source));
    ++searched_;
    if (auto* trace = std::get_if<Trace>(&done.outcome)) {
      batch_.push_back({.trace = std::move(*trace),
                        .sequence = std::move(done.drawn.choices),
                        .before = driver_.before(),
                        .number = searched_});
      return batch_.size() >= kBatch ? judge_batch() : base::Status{};
    }
    JUDGE_TRY_VOID(judge_batch());
    std::vector<ChoiceSequence> sequences = driver_.before();
    sequences.push_back(done.drawn.choices);
    if (auto* crash = std::get_if<Driver::Crash>(&done.outcome)) {
      out_.interruption.emplace(Exploration::Interruption{std::move(*crash), std::move(sequences)});
    } else {
      out_.interruption.emplace(Exploration::Interruption{
          std::get<LoadFailed>(std::move(done.outcome)), std::move(sequences)});
    }
    return {};
  }

  struct Pending {
    Trace trace;
    ChoiceSequence sequence;
    std::vector<ChoiceSequence> before;
    std::int64_t number;
  };

  base::Status judge_batch() {
    if (batch_.empty()) return {};
    std::vector<Trace> traces;
    for (Pending& pending : batch_) traces.push_back(std::move(pending.trace));
    JUDGE_TRY(auto failures, oracle_.evaluate(traces, setting_.dialect.language));
    for (std::size_t i = 0; i < batch_.size(); ++i) {
      for (PredicateFailure& failure : failures[i]) {
        const std::string& criterion = setting_.plan->predicates[failure.predicate].criterion;
        if (open_.erase(criterion) == 0) continue;
        std::vector<ChoiceSequence> sequences = batch_[i].before;
        sequences.push_back(batch_[i].sequence);
        out_.findings.push_back({.criterion = criterion,
                                 .predicate = failure.predicate,
                                 .event = failure.event,
                                 .values = std::move(failure.values),
                                 .trace = traces[i],
                                 .replay = std::move(sequences),
                                 .found_at = batch_[i].number,
                                 .reproducible = false});
      }
    }
    batch_.clear();
    return {};
  }

  // ---- making a finding small and sure ----

  base::Status make_small(Finding& finding) {
    const std::vector<ChoiceSequence> alone{finding.replay.back()};
    JUDGE_TRY(auto fails_alone, fails_again(finding, alone));
    if (fails_alone) {
      JUDGE_TRY_VOID(shrink_case(finding, std::move(*fails_alone)));
    } else {
      JUDGE_TRY_VOID(shrink_history(finding));
    }
    finding.reproducible = true;
    for (int i = 0; i < kConfirmations && finding.reproducible; ++i) {
      JUDGE_TRY(const auto again, fails_again(finding, finding.replay));
      finding.reproducible = again.has_value();
    }
    return {};
  }

  // What the last of these cases draws, when the same criterion fails as they run in a fresh
  // process; the finding then becomes that.
  base::Result<std::optional<Recording>> fails_again(Finding& finding,
                                                     const std::vector<ChoiceSequence>& sequences) {
    JUDGE_TRY_VOID(driver_.restart());
    for (std::size_t i = 0; i < sequences.size(); ++i) {
      ReplaySource source{sequences[i]};
      JUDGE_TRY(Driver::Case done, driver_.run(source));
      auto* trace = std::get_if<Trace>(&done.outcome);
      if (trace == nullptr) return std::nullopt;
      if (i + 1 < sequences.size()) continue;
      JUDGE_TRY(const bool fails, adopt_if_failing(finding, std::move(*trace), done.drawn.choices));
      if (fails) return std::move(done.drawn);
    }
    return std::nullopt;
  }

  base::Result<bool> adopt_if_failing(Finding& finding, Trace trace, const ChoiceSequence& drawn) {
    std::vector<Trace> one;
    one.push_back(std::move(trace));
    JUDGE_TRY(auto failures, oracle_.evaluate(one, setting_.dialect.language));
    for (PredicateFailure& failure : failures.front()) {
      if (setting_.plan->predicates[failure.predicate].criterion != finding.criterion) continue;
      finding.predicate = failure.predicate;
      finding.event = failure.event;
      finding.values = std::move(failure.values);
      finding.trace = std::move(one.front());
      finding.replay = driver_.before();
      finding.replay.push_back(drawn);
      return true;
    }
    return false;
  }

  // Candidates run one after the other in a process that is fresh at the beginning; the smallest is
  // then confirmed alone, and if state of the program had a hand in it, the unshrunk case stays.
  base::Status shrink_case(Finding& finding, Recording failing) {
    const Finding before_shrinking = finding;
    std::optional<base::Error> error;
    const RunCandidate run = [&](const ChoiceSequence& candidate) -> Attempt {
      if (error) return {.drawn = {}, .fails = false};
      auto attempt = attempt_candidate(finding, candidate);
      if (attempt) return std::move(*attempt);
      error = attempt.error();
      return {.drawn = {}, .fails = false};
    };
    const Shrunk shrunk = shrink(std::move(failing), run, budget_.shrinking);
    if (error) return base::fail(*error);
    JUDGE_TRY(const auto confirmed, fails_again(finding, {shrunk.recording.choices}));
    if (!confirmed) finding = before_shrinking;
    return {};
  }

  base::Result<Attempt> attempt_candidate(const Finding& finding, const ChoiceSequence& candidate) {
    ReplaySource source{candidate};
    JUDGE_TRY(Driver::Case done, driver_.run(source));
    auto* trace = std::get_if<Trace>(&done.outcome);
    if (trace == nullptr) return Attempt{.drawn = std::move(done.drawn), .fails = false};
    Finding copy = finding;
    JUDGE_TRY(const bool fails, adopt_if_failing(copy, std::move(*trace), done.drawn.choices));
    return Attempt{.drawn = std::move(done.drawn), .fails = fails};
  }

  // The case fails only after others: drop as many of those as possible, the oldest first, halving
  // the step.
  base::Status shrink_history(Finding& finding) {
    std::vector<ChoiceSequence> all = finding.replay;
    if (all.size() > kMostHistory)
      all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(kMostHistory));
    JUDGE_TRY(const auto fails, fails_again(finding, all));
    if (!fails) return {};
    for (std::size_t step = std::max<std::size_t>(1, (all.size() - 1) / 2); step > 0; step /= 2) {
      for (std::size_t from = 0; from + step < all.size();) {
        std::vector<ChoiceSequence> fewer = all;
        const auto begin = fewer.begin() + static_cast<std::ptrdiff_t>(from);
        fewer.erase(begin, begin + static_cast<std::ptrdiff_t>(step));
        JUDGE_TRY(const auto still, fails_again(finding, fewer));
        if (still) {
          all = std::move(fewer);
        } else {
          from += step;
        }
      }
    }
    return {};
  }

  Driver::Setting setting_;
  Driver driver_;
  Oracle& oracle_;
  std::uint64_t seed_;
  SearchBudget budget_;
  std::set<std::string> open_;  // criteria that have not failed yet
  std::vector<Pending> batch_;
  Exploration out_;
  std::int64_t searched_ = 0;
  std::uint64_t drawn_seeds_ = 0;
};

}  // namespace

base::Result<Exploration> explore(const Driver::Setting& setting, Oracle& oracle,
                                  std::uint64_t seed, const SearchBudget& budget) {
  return Explorer{setting, oracle, seed, budget}.run();
}

base::Result<Replayed> replay(const Driver::Setting& setting, Oracle& oracle,
                              const std::vector<ChoiceSequence>& sequences) {
  Driver driver{setting};
  for (std::size_t i = 0; i + 1 < sequences.size(); ++i) {
    ReplaySource source{sequences[i]};
    JUDGE_TRY(const Driver::Case done, driver.run(source));
    if (!std::holds_alternative<Trace>(done.outcome)) break;
  }
  ReplaySource source{sequences.empty() ? ChoiceSequence{} : sequences.back()};
  JUDGE_TRY(Driver::Case last, driver.run(source));
  Replayed replayed{.last = std::move(last), .failures = {}};
  if (const auto* trace = std::get_if<Trace>(&replayed.last.outcome)) {
    JUDGE_TRY(auto failures, oracle.evaluate({*trace}, setting.dialect.language));
    replayed.failures = std::move(failures.front());
  }
  JUDGE_TRY_VOID(driver.restart());
  return replayed;
}

}  // namespace harness
