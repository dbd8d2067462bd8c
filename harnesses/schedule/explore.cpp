#include "harnesses/schedule/explore.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "harnesses/engine/foreseen.hpp"
#include "harnesses/engine/sources.hpp"
#include "harnesses/engine/strategies.hpp"
#include "harnesses/schedule/confirm.hpp"
#include "harnesses/schedule/same_course.hpp"

namespace harness {
namespace {

constexpr std::size_t kBatch = 16;
constexpr std::size_t kBatchWeight = std::size_t{2} << 20U;  // a little more is one request still
constexpr int kGroup = 64;                  // cases of one call that are drawn before any is run
constexpr std::size_t kMostHistory = 64;    // shown of what came before the program ended
constexpr std::int64_t kRepeatEvery = 100;  // cases, to see whether the program is deterministic
constexpr unsigned kDepth = 3;              // of the bugs that priorities aim at
constexpr unsigned kMostDeviations = 3;

class Explorer {
 public:
  Explorer(Driver& driver, std::size_t test, Oracle& oracle, std::uint64_t seed,
           const SearchBudget& budget, const std::set<std::string>& decided)
      : driver_{driver}, test_{test}, oracle_{oracle}, seed_{seed}, budget_{budget} {
    for (const Predicate& predicate : plan().predicates) {
      if (!decided.contains(predicate.criterion)) open_.insert(predicate.criterion);
    }
    if (plan().most_cases) most_cases_ = *plan().most_cases * budget.most_cases_scale;
    cpu_before_ = driver.cpu_used();
  }

  base::Result<Exploration> run() {
    JUDGE_TRY_VOID(search());
    out_.cases = searched_;
    Confirmation confirmation{driver_, test_, oracle_, budget_.shrinking};
    for (Finding& finding : out_.findings) {
      JUDGE_TRY_VOID(confirmation.make_small(finding));
      JUDGE_TRY(finding.explanation, oracle_.explain(finding.predicate, finding.trace));
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] const SchedulePlan& plan() const { return driver_.plan(test_); }

  base::Status search() {
    JUDGE_TRY_VOID(search_known());
    JUDGE_TRY_VOID(search_heuristics());
    JUDGE_TRY_VOID(search_at_random(budget_.random));
    if (!plan().operations) JUDGE_TRY_VOID(search_few_deviations());
    JUDGE_TRY_VOID(search_exhaustively());
    if (!plan().operations && !out_.exhaustive) JUDGE_TRY_VOID(search_by_priorities());
    return judge_all();
  }

  base::Status search_known() {
    for (const ChoiceSequence& known : plan().known) {
      if (is_over()) return {};
      ReplaySource source{known};
      JUDGE_TRY_VOID(try_one(source));
    }
    return {};
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

  base::Status search_at_random(int cases) {
    for (int i = 0; i < cases && !is_over();) {
      if (plan().operations) {
        RandomSource source{next_seed()};
        JUDGE_TRY_VOID(try_one(source));
        ++i;
        continue;
      }
      std::vector<std::unique_ptr<ForeseenRandomSource>> group;
      for (const int size = group_size(cases - i); static_cast<int>(group.size()) < size; ++i) {
        group.push_back(std::make_unique<ForeseenRandomSource>(next_seed()));
      }
      JUDGE_TRY_VOID(try_group(group));
    }
    return {};
  }

  base::Status search_few_deviations() {
    for (int i = 0; i < budget_.deviating && !is_over(); ++i) {
      const unsigned deviations = 1 + static_cast<unsigned>(i) % kMostDeviations;
      DeviatingSource source{deviations, 2 * most_acts_, next_seed()};
      JUDGE_TRY_VOID(try_one(source));
    }
    return {};
  }

  // Size by size, so that what fits the budget is complete. A size that the budget cut short is
  // only sampled.
  base::Status search_exhaustively() {
    int left = budget_.exhaustive;
    for (std::uint64_t size = 0; left > 0 && !is_over(); ++size) {
      Enumeration all{size, next_seed()};
      while (all.has_next() && left > 0 && !is_over()) {
        const auto group = next_of(all, group_size(left));
        JUDGE_TRY_VOID(try_group(group));
        for (const auto& source : group) all.add_branches(*source);
        left -= static_cast<int>(group.size());
      }
      if (all.has_next() || is_over()) break;
      out_.exhaustive_up_to = size;
      out_.exhaustive = !all.was_capped();
      if (out_.exhaustive) break;
    }
    return {};
  }

  static std::vector<std::unique_ptr<Enumeration::Source>> next_of(Enumeration& all, int most) {
    std::vector<std::unique_ptr<Enumeration::Source>> group;
    while (static_cast<int>(group.size()) < most) {
      auto source = all.next();
      if (source == nullptr) break;
      group.push_back(std::move(source));
    }
    return group;
  }

  // How many of `left` cases are drawn together. Cases of many calls decide as they go.
  [[nodiscard]] int group_size(int left) const {
    if (plan().operations) return 1;
    const std::int64_t allowed = most_cases_ ? *most_cases_ - searched_ : kGroup;
    return static_cast<int>(std::min<std::int64_t>({left, kGroup, allowed}));
  }

  // The bound counts with what earlier cases had at most: no case of this plan has more.
  base::Status search_by_priorities() {
    const std::uint64_t acts = most_acts_;
    int done = 0;
    for (; done < budget_.prioritised && !is_over(); ++done) {
      PrioritySource source{kDepth, acts, next_seed()};
      JUDGE_TRY_VOID(try_one(source));
    }
    if (done == 0 || is_over()) return {};
    out_.miss_bound = {.depth = kDepth,
                       .probability = miss_bound(kDepth, most_inputs_, most_acts_, done)};
    return {};
  }

  [[nodiscard]] bool is_over() {
    out_.out_of_cpu = out_.out_of_cpu || driver_.cpu_used() - cpu_before_ > budget_.cpu;
    return open_.empty() || out_.interruption.has_value() || out_.out_of_cpu ||
           searched_ >= most_cases_.value_or(searched_ + 1);
  }

  // Independent of how many cases other tests ran; splitmix64's increment keeps neighbours apart.
  std::uint64_t next_seed() { return seed_ + 0x9E3779B97F4A7C15U * ++drawn_seeds_; }

  base::Status try_one(ChoiceSource& source) {
    JUDGE_TRY(Driver::Case done, driver_.run(test_, source));
    return take(std::move(done));
  }

  template <typename Source>
  base::Status try_group(const std::vector<std::unique_ptr<Source>>& group) {
    std::vector<ForeseenSource*> sources;
    for (const auto& source : group) sources.push_back(source.get());
    return driver_.run_all(test_, sources, [this](Driver::Case done) -> base::Result<bool> {
      JUDGE_TRY_VOID(take(std::move(done)));
      return !is_over();
    });
  }

  base::Status take(Driver::Case done) {
    ++searched_;
    if (auto* trace = std::get_if<Trace>(&done.outcome)) {
      note_sizes(*trace);
      if (searched_ % kRepeatEvery == 0) JUDGE_TRY_VOID(repeat(*trace, done.drawn.choices));
      next_.weight += trace->weight;
      next_.traces.push_back(std::move(*trace));
      next_.origins.push_back({.history = std::move(done.history), .number = searched_});
      const bool is_full = next_.traces.size() >= kBatch || next_.weight > kBatchWeight;
      return is_full ? hand_over() : base::Status{};
    }
    JUDGE_TRY_VOID(judge_all());
    std::vector<PastCase> cases = done.history.latest(kMostHistory);
    if (auto* crash = std::get_if<Driver::Crash>(&done.outcome)) {
      out_.interruption.emplace(Exploration::Interruption{std::move(*crash), std::move(cases)});
    } else {
      out_.interruption.emplace(Exploration::Interruption{
          std::get<LoadFailed>(std::move(done.outcome)), std::move(cases)});
    }
    return {};
  }

  void note_sizes(const Trace& trace) {
    const auto acts =
        std::count_if(trace.events.begin(), trace.events.end(), [](const Event& event) {
          return event.kind == Event::Kind::settle || event.kind == Event::Kind::cancel;
        });
    most_acts_ = std::max(most_acts_, static_cast<std::uint64_t>(acts));
    most_inputs_ = std::max(most_inputs_, std::uint64_t{trace.inputs.size()});
  }

  base::Status judge_all() {
    JUDGE_TRY_VOID(hand_over());
    return take_back();
  }

  // The oracle looks at one batch while the cases of the next one run.
  base::Status hand_over() {
    JUDGE_TRY_VOID(take_back());
    if (next_.traces.empty()) return {};
    handed_over_ = std::exchange(next_, {});
    return oracle_.begin_evaluating(handed_over_.traces, driver_.dialect().language);
  }

  base::Status take_back() {
    if (handed_over_.traces.empty()) return {};
    JUDGE_TRY(std::vector<Judged> judged, oracle_.end_evaluating());
    const Batch batch = std::exchange(handed_over_, {});
    for (std::size_t i = 0; i < batch.traces.size(); ++i) {
      for (PredicateUnknown& unknown : judged[i].unknown) {
        out_.unknown.try_emplace(plan().predicates[unknown.predicate].criterion,
                                 std::move(unknown.why));
      }
      for (PredicateFailure& failure : judged[i].failures) {
        const std::string& criterion = plan().predicates[failure.predicate].criterion;
        if (open_.erase(criterion) == 0) continue;
        out_.findings.push_back({.criterion = criterion,
                                 .predicate = failure.predicate,
                                 .event = failure.event,
                                 .values = std::move(failure.values),
                                 .is_asked = failure.is_asked,
                                 .trace = batch.traces[i],
                                 .replay = batch.origins[i].history.all(),
                                 .found_at = batch.origins[i].number,
                                 .reproducible = false,
                                 .other_course = {}});
      }
    }
    return {};
  }

  // Step by step, whether or not the case was run in a script.
  base::Status repeat(const Trace& trace, const ChoiceSequence& choices) {
    ReplaySource source{choices};
    JUDGE_TRY(const Driver::Case again, driver_.run(test_, source));
    const auto* other = std::get_if<Trace>(&again.outcome);
    if (other != nullptr && !same_course(trace, *other) && !out_.suspect) {
      out_.suspect = choices;
    }
    return {};
  }

  struct Origin {
    Driver::History history;
    std::int64_t number;
  };
  struct Batch {
    std::vector<Trace> traces;
    std::vector<Origin> origins;  // of each trace
    std::size_t weight = 0;
  };

  Driver& driver_;
  std::size_t test_;
  Oracle& oracle_;
  std::uint64_t seed_;
  SearchBudget budget_;
  std::set<std::string> open_;  // criteria that have not failed yet
  std::optional<std::int64_t> most_cases_;
  Batch next_;         // to be judged when it is full
  Batch handed_over_;  // to the oracle
  Exploration out_;
  std::int64_t searched_ = 0;
  std::uint64_t drawn_seeds_ = 0;
  std::uint64_t most_acts_ = 1;
  std::uint64_t most_inputs_ = 1;
  std::chrono::microseconds cpu_before_{};
};

}  // namespace

base::Result<Exploration> explore(Driver& driver, std::size_t test, Oracle& oracle,
                                  std::uint64_t seed, const SearchBudget& budget,
                                  const std::set<std::string>& decided) {
  return Explorer{driver, test, oracle, seed, budget, decided}.run();
}

base::Result<Replayed> replay(Driver& driver, Oracle& oracle, const std::vector<PastCase>& cases) {
  for (std::size_t i = 0; i + 1 < cases.size(); ++i) {
    ReplaySource source{cases[i].choices};
    JUDGE_TRY(const Driver::Case done, driver.run(cases[i].test, source));
    if (!std::holds_alternative<Trace>(done.outcome)) break;
  }
  ReplaySource source{cases.back().choices};
  JUDGE_TRY(Driver::Case last, driver.run(cases.back().test, source));
  Replayed replayed{.last = std::move(last), .failures = {}};
  if (const auto* trace = std::get_if<Trace>(&replayed.last.outcome)) {
    JUDGE_TRY(auto judged, oracle.evaluate({*trace}, driver.dialect().language));
    replayed.failures = std::move(judged.front().failures);
  }
  return replayed;
}

}  // namespace harness
