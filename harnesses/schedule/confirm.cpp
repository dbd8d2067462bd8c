#include "harnesses/schedule/confirm.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "harnesses/engine/shorten_history.hpp"
#include "harnesses/engine/sources.hpp"

namespace harness {
namespace {

constexpr int kTimes = 3;
// How many cases before the failing one are tried first, where it fails only after others; then all
// of them.
constexpr std::array<std::size_t, 2> kHistories{64, 512};

// So many times the cases that a case may cost to shrink, its history may cost to shorten.
constexpr std::size_t kHistoryEvaluations = 4;

std::vector<PastCase> latest_of(const std::vector<PastCase>& cases, std::size_t count) {
  return {cases.end() - static_cast<std::ptrdiff_t>(std::min(count, cases.size())), cases.end()};
}

}  // namespace

base::Status Confirmation::make_small(Finding& finding) {
  JUDGE_TRY(Thrice alone, run_thrice(finding, {finding.replay.back()}));
  if (alone.failed == 0) {
    JUDGE_TRY(const bool fails, shrink_history(finding));
    if (!fails) return {};
    JUDGE_TRY(const Thrice again, run_thrice(finding, finding.replay));
    finding.reproducible = again.failed == kTimes;
    return {};
  }
  finding.reproducible = alone.failed == kTimes;
  if (finding.reproducible) JUDGE_TRY_VOID(shrink_case(finding, std::move(alone.drawn)));
  return {};
}

base::Result<Confirmation::Again> Confirmation::run_afresh(Finding& finding,
                                                           const std::vector<PastCase>& cases) {
  JUDGE_TRY_VOID(driver_.restart());
  for (std::size_t i = 0; i + 1 < cases.size(); ++i) {
    ReplaySource source{cases[i].choices};
    JUDGE_TRY(const Driver::Case done, driver_.run(cases[i].test, source));
    if (!std::holds_alternative<Trace>(done.outcome)) {
      return Again{.drawn = {}, .trace = {}, .fails = false};
    }
  }
  ReplaySource source{cases.back().choices};
  JUDGE_TRY(Again again, run_on(finding, source));
  if (again.fails) {
    finding.replay = cases;
    finding.replay.back().choices = again.drawn.choices;
  }
  return again;
}

base::Result<Confirmation::Again> Confirmation::run_on(Finding& finding, ChoiceSource& source) {
  JUDGE_TRY(Driver::Case done, driver_.run(test_, source));
  Again again{.drawn = std::move(done.drawn), .trace = {}, .fails = false};
  if (auto* trace = std::get_if<Trace>(&done.outcome)) {
    JUDGE_TRY(again.fails, adopt_if_failing(finding, *trace));
    again.trace = std::move(*trace);
  }
  return again;
}

base::Result<bool> Confirmation::adopt_if_failing(Finding& finding, Trace& trace) {
  std::vector<Trace> one;
  one.push_back(std::move(trace));
  auto judged = oracle_.evaluate(one, driver_.dialect().language);
  trace = std::move(one.front());
  if (!judged) return base::fail(std::move(judged).error());
  for (PredicateFailure& failure : judged->front().failures) {
    if (driver_.plan(test_).predicates[failure.predicate].criterion != finding.criterion) continue;
    finding.predicate = failure.predicate;
    finding.event = failure.event;
    finding.values = std::move(failure.values);
    finding.is_asked = failure.is_asked;
    finding.trace = trace;
    return true;
  }
  return false;
}

// One fresh process for all three where the program does not mind: it fails in the state that it
// starts with and in every later one. Else a fresh process each time.
base::Result<Confirmation::Thrice> Confirmation::run_thrice(Finding& finding,
                                                            const std::vector<PastCase>& cases) {
  Thrice thrice{.drawn = {}, .failed = 0};
  JUDGE_TRY(Again again, run_afresh(finding, cases));
  bool may_stay = true;
  while (again.fails) {
    thrice.drawn = std::move(again.drawn);
    if (++thrice.failed == kTimes) return thrice;
    if (may_stay) {
      ReplaySource source{thrice.drawn.choices};
      Finding copy = finding;
      JUDGE_TRY(again, run_on(copy, source));
      may_stay = again.fails;
    }
    if (!may_stay) {
      JUDGE_TRY(again, run_afresh(finding, cases));
    }
  }
  finding.other_course = std::move(again.trace);
  return thrice;
}

// Candidates run one after the other in a process that is fresh at the beginning; the smallest is
// then confirmed by itself, and if state of the program had a hand in it, the case stays as it was.
base::Status Confirmation::shrink_case(Finding& finding, Recording failing) {
  const Finding before_shrinking = finding;
  std::optional<base::Error> error;
  const RunCandidate run = [&](const ChoiceSequence& candidate) -> Attempt {
    if (error) return {.drawn = {}, .fails = false};
    Finding copy = before_shrinking;
    ReplaySource source{candidate};
    auto again = run_on(copy, source);
    if (again) return {.drawn = std::move(again->drawn), .fails = again->fails};
    error = std::move(again).error();
    return {.drawn = {}, .fails = false};
  };
  const Shrunk shrunk = shrink(std::move(failing), run, most_evaluations_);
  if (error) return base::fail(*error);
  const std::vector<PastCase> smallest{{.test = test_, .choices = shrunk.recording.choices}};
  JUDGE_TRY(const Thrice again, run_thrice(finding, smallest));
  if (again.failed < kTimes) finding = before_shrinking;
  return {};
}

// The case fails only after others.
base::Result<bool> Confirmation::shrink_history(Finding& finding) {
  const std::vector<PastCase> complete = finding.replay;
  std::vector<PastCase> all;
  Again again{.drawn = {}, .trace = {}, .fails = false};
  for (const std::size_t history : kHistories) {
    if (again.fails || history + 1 >= complete.size()) break;
    all = latest_of(complete, history + 1);
    JUDGE_TRY(again, run_afresh(finding, all));
  }
  if (!again.fails) {
    all = complete;
    JUDGE_TRY(again, run_afresh(finding, all));
  }
  if (!again.fails) {
    finding.replay = latest_of(complete, kHistories.front() + 1);
    finding.other_course = std::move(again.trace);
    return false;
  }
  const auto fails = [&](const std::vector<PastCase>& cases) -> base::Result<bool> {
    JUDGE_TRY(const Again still, run_afresh(finding, cases));
    return still.fails;
  };
  const auto most_cases = kHistoryEvaluations * static_cast<std::size_t>(most_evaluations_);
  JUDGE_TRY_VOID(shorten_history(std::move(all), most_cases, fails));
  return true;
}

}  // namespace harness
