#include "harnesses/property/confirm.hpp"

#include "harnesses/engine/shorten_history.hpp"
#include "harnesses/engine/shrink.hpp"
#include "harnesses/engine/sources.hpp"

namespace harness {
namespace {

// So many times the cases that a case may cost to shrink, its history may cost to shorten: calls
// are cheap.
constexpr std::size_t kHistoryEvaluations = 64;
constexpr int kConfirmations = 3;

}  // namespace

base::Status Confirming::make_small(PropertyFinding& finding) {
  const std::vector<ChoiceSequence> alone{finding.replay.back()};
  JUDGE_TRY(const bool fails_alone, fails_always(finding, alone));
  if (fails_alone) {
    JUDGE_TRY_VOID(shrink_case(finding));
    finding.reproducible = true;
    return {};
  }
  JUDGE_TRY_VOID(shrink_history(finding));
  JUDGE_TRY(finding.reproducible, fails_always(finding, finding.replay));
  return {};
}

// What the last of these cases draws, when the same criterion fails as they run one by one in a
// fresh process; the finding then becomes that.
base::Result<std::optional<Recording>> Confirming::fails_again(
    PropertyFinding& finding, const std::vector<ChoiceSequence>& sequences) {
  JUDGE_TRY_VOID(runner_.restart());
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    ReplaySource source{sequences[i]};
    const DrawnCase drawn = draw_from(setting_, source);
    JUDGE_TRY(PropertyRunner::Ran ran, runner_.run({&drawn, 1}));
    if (ran.end) return std::nullopt;
    if (i + 1 < sequences.size()) continue;
    JUDGE_TRY(const bool fails,
              adopt_if_failing(finding, std::move(ran.cases.front()), runner_.seen()));
    if (fails) return drawn.recording;
  }
  return std::nullopt;
}

base::Result<bool> Confirming::fails_always(PropertyFinding& finding,
                                            const std::vector<ChoiceSequence>& sequences) {
  for (int i = 0; i < kConfirmations; ++i) {
    PropertyFinding again = finding;
    JUDGE_TRY(const auto fails, fails_again(again, sequences));
    if (!fails) return false;
    if (i + 1 == kConfirmations) finding = std::move(again);
  }
  return true;
}

base::Result<bool> Confirming::adopt_if_failing(PropertyFinding& finding, Observed observed,
                                                const std::vector<ChoiceSequence>& sequences) {
  JUDGE_TRY(auto failures, oracle_.evaluate({&observed, 1}, setting_.language));
  for (PredicateFailure& failure : failures.front()) {
    if (setting_.plan->predicates[failure.predicate].criterion != finding.criterion) continue;
    finding.predicate = failure.predicate;
    finding.call = failure.event;
    finding.values = std::move(failure.values);
    finding.observed = std::move(observed);
    finding.replay = sequences;
    return true;
  }
  return false;
}

// Candidates run one after the other in a process that is fresh at the beginning; the smallest is
// then confirmed alone, and if state of the program had a hand in it, the unshrunk case stays.
base::Status Confirming::shrink_case(PropertyFinding& finding) {
  const PropertyFinding before_shrinking = finding;
  JUDGE_TRY_VOID(runner_.restart());
  std::optional<base::Error> error;
  const auto attempt = [&](const ChoiceSequence& candidate) -> base::Result<Attempt> {
    ReplaySource source{candidate};
    DrawnCase drawn = draw_from(setting_, source);
    JUDGE_TRY(PropertyRunner::Ran ran, runner_.run({&drawn, 1}));
    if (ran.end) return Attempt{.drawn = std::move(drawn.recording), .fails = false};
    PropertyFinding copy = before_shrinking;
    JUDGE_TRY(const bool fails, adopt_if_failing(copy, std::move(ran.cases.front()), {}));
    return Attempt{.drawn = std::move(drawn.recording), .fails = fails};
  };
  const RunCandidate run = [&](const ChoiceSequence& candidate) -> Attempt {
    if (error) return {.drawn = {}, .fails = false};
    auto tried = attempt(candidate);
    if (tried) return std::move(*tried);
    error = tried.error();
    return {.drawn = {}, .fails = false};
  };
  ReplaySource source{finding.replay.back()};
  Recording failing = draw_from(setting_, source).recording;
  const Shrunk shrunk = shrink(std::move(failing), run, most_evaluations_);
  if (error) return base::fail(*error);
  JUDGE_TRY(const bool confirmed, fails_always(finding, {shrunk.recording.choices}));
  if (!confirmed) finding = before_shrinking;
  return {};
}

// The case fails only after others.
base::Status Confirming::shrink_history(PropertyFinding& finding) {
  const auto fails = [&](const std::vector<ChoiceSequence>& cases) -> base::Result<bool> {
    JUDGE_TRY(const auto again, fails_again(finding, cases));
    return again.has_value();
  };
  const std::vector<ChoiceSequence> all = finding.replay;
  JUDGE_TRY(const bool any, fails(all));
  const auto most_cases = kHistoryEvaluations * static_cast<std::size_t>(most_evaluations_);
  if (any) JUDGE_TRY_VOID(shorten_history(all, most_cases, fails));
  return {};
}

}  // namespace harness
