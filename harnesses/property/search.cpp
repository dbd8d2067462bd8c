#include "harnesses/property/search.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "harnesses/engine/sources.hpp"
#include "harnesses/property/confirm.hpp"
#include "harnesses/protocol/weight.hpp"

namespace harness {
namespace {

constexpr std::size_t kBatch = 64;
constexpr std::size_t kMostBatchWeight = std::size_t{1} << 20U;
// The first fraction of what is drawn at random: cases that grow.
constexpr int kGrowingShare = 2;

class Search {
 public:
  Search(const PropertySetting& setting, PropertyOracle& oracle, std::uint64_t seed,
         const PropertyBudget& budget, const std::set<std::string>& decided)
      : setting_{setting}, runner_{setting_}, oracle_{oracle}, seed_{seed}, budget_{budget} {
    for (const Predicate& predicate : setting.plan->predicates) {
      if (!decided.contains(predicate.criterion)) open_.insert(predicate.criterion);
    }
  }

  base::Result<PropertySearch> run() {
    JUDGE_TRY_VOID(search());
    Confirming confirming{setting_, runner_, oracle_, budget_.shrinking};
    for (PropertyFinding& finding : out_.findings) JUDGE_TRY_VOID(confirming.make_small(finding));
    JUDGE_TRY_VOID(runner_.restart());
    out_.usage = runner_.usage();
    return std::move(out_);
  }

 private:
  base::Status search() {
    ReplaySource simplest{{}};
    JUDGE_TRY_VOID(add(draw_from(setting_, simplest)));
    JUDGE_TRY_VOID(enumerate());
    const std::int64_t first = drawn_;
    while (!out_.exhaustive && drawn_ < budget_.cases && !is_over()) {
      const std::int64_t growing =
          std::max<std::int64_t>(1, (budget_.cases - first) / kGrowingShare);
      const auto size = std::min<std::int64_t>(Choices::kFullSize,
                                               1 + (drawn_ - first) * Choices::kFullSize / growing);
      RandomSource source{next_seed()};
      JUDGE_TRY_VOID(add(draw_from(setting_, source, static_cast<unsigned>(size))));
    }
    JUDGE_TRY_VOID(run_batch());
    if (out_.interruption) out_.exhaustive = false;
    return {};
  }

  // Every case with lists of at most 0, 1, 2, ... elements, as long as all of them fit. Drawing
  // alone costs next to nothing, so what does not fit is not begun.
  base::Status enumerate() {
    for (std::uint64_t longest = 0; !is_over(); ++longest) {
      ExhaustiveSource source{longest, seed_};
      std::vector<DrawnCase> all;
      const auto most =
          static_cast<std::size_t>(std::max<std::int64_t>(0, budget_.enumerated - drawn_));
      bool more = true;
      while (more && all.size() < most) {
        all.push_back(draw_from(setting_, source));
        more = source.advance();
      }
      if (more) return {};
      for (DrawnCase& each : all) {
        if (!is_over()) JUDGE_TRY_VOID(add(std::move(each)));
      }
      JUDGE_TRY_VOID(run_batch());
      if (!can_be_enumerated_ || is_over()) return {};
      out_.exhaustive_up_to = longest;
      out_.exhaustive = !source.was_capped();
      if (out_.exhaustive) return {};
    }
    return {};
  }

  [[nodiscard]] bool is_over() const { return open_.empty() || out_.interruption.has_value(); }

  // Independent of how many cases other tests ran; splitmix64's increment keeps neighbours apart.
  std::uint64_t next_seed() { return seed_ + 0x9E3779B97F4A7C15U * ++drawn_seeds_; }

  // Numbers are not enumerated but drawn at random.
  void note_numbers(const Recording& recording) {
    const auto is_number = [](const ChoiceType& type) {
      return std::holds_alternative<NumberType>(type);
    };
    if (std::any_of(recording.types.begin(), recording.types.end(), is_number)) {
      can_be_enumerated_ = false;
    }
  }

  base::Status add(DrawnCase drawn) {
    ++drawn_;
    note_numbers(drawn.recording);
    weight_ += weight_of(drawn.what);
    batch_.push_back(std::move(drawn));
    const bool is_full = batch_.size() >= most_in_batch_ || weight_ > kMostBatchWeight;
    return is_full ? run_batch() : base::Status{};
  }

  base::Status run_batch() {
    if (batch_.empty() || is_over()) return {};
    const std::vector<DrawnCase> batch = std::exchange(batch_, {});
    weight_ = 0;
    JUDGE_TRY(PropertyRunner::Ran ran, runner_.run(batch));
    if (!ran.end) return judge(batch, ran.cases, runner_.seen());
    return locate(batch, std::move(*ran.end), runner_.seen());
  }

  base::Status judge(std::span<const DrawnCase> batch, std::vector<Observed>& cases,
                     const std::vector<ChoiceSequence>& seen) {
    JUDGE_TRY(auto failures, oracle_.evaluate(cases, setting_.language));
    const std::size_t before = seen.size() - batch.size();
    for (std::size_t i = 0; i < cases.size(); ++i) {
      ++out_.cases;
      for (PredicateFailure& failure : failures[i]) {
        const std::string& criterion = setting_.plan->predicates[failure.predicate].criterion;
        if (open_.erase(criterion) == 0) continue;
        const auto end = seen.begin() + static_cast<std::ptrdiff_t>(before + i + 1);
        out_.findings.push_back({.criterion = criterion,
                                 .predicate = failure.predicate,
                                 .call = failure.event,
                                 .values = std::move(failure.values),
                                 .observed = cases[i],
                                 .replay = {seen.begin(), end},
                                 .found_at = out_.cases,
                                 .reproducible = false});
      }
    }
    return {};
  }

  // ---- when the program ended in a batch ----

  static bool ran_out_of_time(const PropertyEnd& end) {
    const auto* crash = std::get_if<PropertyCrash>(&end);
    return crash != nullptr && crash->ended &&
           (crash->ended->report.ended_by == sandbox::EndedBy::cpu_limit ||
            crash->ended->report.ended_by == sandbox::EndedBy::wall_limit);
  }

  void interrupt(PropertyEnd end, std::vector<ChoiceSequence> replay) {
    out_.interruption.emplace(
        PropertySearch::Interruption{.what = std::move(end), .replay = std::move(replay)});
  }

  // Finds the case: runs one by one what the process was given, in a fresh one. Time ran out for
  // all of them together perhaps, which is nobody's fault: then the batch alone is run one by one,
  // and counts as run if no single case takes too long.
  base::Status locate(const std::vector<DrawnCase>& batch, PropertyEnd end,
                      std::vector<ChoiceSequence> seen) {
    const bool never_started = std::holds_alternative<LoadFailed>(end) || seen.empty();
    if (never_started) {
      interrupt(std::move(end), {});
      return {};
    }
    const bool too_long = ran_out_of_time(end);
    const std::size_t before = seen.size() - std::min(seen.size(), batch.size());
    JUDGE_TRY_VOID(runner_.restart());
    for (std::size_t i = too_long ? before : 0; i < seen.size(); ++i) {
      ReplaySource source{seen[i]};
      const DrawnCase drawn = draw_from(setting_, source);
      JUDGE_TRY(PropertyRunner::Ran ran, runner_.run({&drawn, 1}));
      if (ran.end) return blame(drawn, std::move(*ran.end), runner_.seen());
      if (i >= before) JUDGE_TRY_VOID(judge({&drawn, 1}, ran.cases, runner_.seen()));
    }
    if (too_long) {
      most_in_batch_ = 1;
    } else {
      interrupt(std::move(end), std::move(seen));
    }
    return {};
  }

  // The program ended in this case: perhaps without the others too.
  base::Status blame(const DrawnCase& drawn, PropertyEnd end, std::vector<ChoiceSequence> seen) {
    if (seen.size() > 1 && !ran_out_of_time(end)) {
      JUDGE_TRY_VOID(runner_.restart());
      JUDGE_TRY(PropertyRunner::Ran alone, runner_.run({&drawn, 1}));
      if (alone.end) seen = {drawn.recording.choices};
    }
    interrupt(std::move(end), std::move(seen));
    return {};
  }

  const PropertySetting& setting_;
  PropertyRunner runner_;
  PropertyOracle& oracle_;
  std::uint64_t seed_;
  PropertyBudget budget_;
  std::set<std::string> open_;  // criteria that have not failed yet
  std::vector<DrawnCase> batch_;
  std::size_t weight_ = 0;  // of the batch
  std::size_t most_in_batch_ = kBatch;
  PropertySearch out_;
  std::int64_t drawn_ = 0;
  std::uint64_t drawn_seeds_ = 0;
  bool can_be_enumerated_ = true;
};

}  // namespace

base::Result<PropertySearch> search_property(const PropertySetting& setting, PropertyOracle& oracle,
                                             std::uint64_t seed, const PropertyBudget& budget,
                                             const std::set<std::string>& decided) {
  return Search{setting, oracle, seed, budget, decided}.run();
}

base::Result<PropertyReplay> replay_property(const PropertySetting& setting, PropertyOracle& oracle,
                                             const std::vector<ChoiceSequence>& sequences) {
  PropertyRunner runner{setting};
  PropertyReplay replayed;
  for (const ChoiceSequence& sequence : sequences) {
    ReplaySource source{sequence};
    const DrawnCase drawn = draw_from(setting, source);
    JUDGE_TRY(PropertyRunner::Ran ran, runner.run({&drawn, 1}));
    replayed.last.reset();
    if (ran.end) break;
    replayed.last = std::move(ran.cases.front());
  }
  if (replayed.last) {
    JUDGE_TRY(auto failures, oracle.evaluate({&*replayed.last, 1}, setting.language));
    replayed.failures = std::move(failures.front());
  }
  JUDGE_TRY_VOID(runner.restart());
  return replayed;
}

}  // namespace harness
