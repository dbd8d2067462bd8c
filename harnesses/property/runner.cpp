#include "harnesses/property/runner.hpp"

#include <algorithm>

#include "harnesses/protocol/show.hpp"
#include "sandbox/base/check.hpp"

namespace harness {
namespace {

constexpr std::size_t kCasesPerProcess = 512;

}  // namespace

DrawnCase draw_from(const PropertySetting& setting, ChoiceSource& source, unsigned size) {
  Choices choices{source, size};
  PropertyCase what = draw_case(*setting.plan, setting.function_of, choices);
  return {.what = std::move(what), .recording = choices.recording()};
}

base::Result<PropertyRunner::Ran> PropertyRunner::run(std::span<const DrawnCase> cases) {
  Ran ran;
  JUDGE_TRY(ran.end, ensure_actor(cases.size()));
  if (ran.end) return ran;
  for (const DrawnCase& each : cases) seen_.push_back(each.recording.choices);
  // A call that never settles ends its batch; the cases behind it make another.
  while (ran.cases.size() < cases.size() && !ran.end) {
    JUDGE_TRY(ran.end, run_some(cases.subspan(ran.cases.size()), ran.cases));
  }
  return ran;
}

base::Result<std::optional<PropertyEnd>> PropertyRunner::run_some(std::span<const DrawnCase> cases,
                                                                  std::vector<Observed>& observed) {
  std::vector<PropertyCase> batch;
  batch.reserve(cases.size());
  for (const DrawnCase& each : cases) batch.push_back(each.what);
  const std::int64_t first = numbered_ + 1;
  numbered_ += static_cast<std::int64_t>(batch.size());
  JUDGE_TRY(auto answer, run_batch(*actor_, setting_.functions, batch, first, setting_.look));
  if (auto* ended = std::get_if<Ended>(&answer)) {
    usage_ += ended->report.usage;
    actor_.reset();
    return std::optional<PropertyEnd>{PropertyCrash{std::move(*ended), {}}};
  }
  auto& done = std::get<BatchAnswer>(answer);
  if (auto crash = crash_in(done)) return crash;
  batch.resize(done.outcomes.size());
  std::vector<std::vector<CallOutcome>> expected(batch.size());
  if (reference_) {
    JUDGE_TRY(expected, run_reference(batch));
  }
  for (std::size_t i = 0; i < batch.size(); ++i) {
    observed.push_back({.what = std::move(batch[i]),
                        .outcomes = std::move(done.outcomes[i]),
                        .expected = std::move(expected[i])});
  }
  return std::optional<PropertyEnd>{};
}

// What it does wrong is the problem author's mistake.
base::Result<std::vector<std::vector<CallOutcome>>> PropertyRunner::run_reference(
    std::span<const PropertyCase> cases) {
  std::vector<std::vector<CallOutcome>> expected;
  while (expected.size() < cases.size()) {
    const auto rest = cases.subspan(expected.size());
    const std::int64_t first = numbered_ + 1;
    numbered_ += static_cast<std::int64_t>(rest.size());
    JUDGE_TRY(auto answer, run_batch(*reference_, setting_.functions, rest, first, false));
    if (std::holds_alternative<Ended>(answer)) return base::internal("reference: ended in a case");
    auto& done = std::get<BatchAnswer>(answer);
    if (const auto crash = crash_in(done)) {
      return base::internal("reference: left an error unhandled: " +
                            show(std::get<PropertyCrash>(*crash).error));
    }
    for (auto& outcomes : done.outcomes) expected.push_back(std::move(outcomes));
  }
  return expected;
}

std::optional<PropertyEnd> PropertyRunner::crash_in(const BatchAnswer& answer) const {
  if (answer.uncaught && setting_.uncaught_ends) {
    return PropertyCrash{.ended = {}, .error = *answer.uncaught};
  }
  if (answer.unhandled && setting_.unhandled_ends) {
    return PropertyCrash{.ended = {}, .error = *answer.unhandled, .unhandled = true};
  }
  return {};
}

base::Status PropertyRunner::restart() {
  seen_.clear();
  reference_.reset();
  if (!actor_) return {};
  JUDGE_TRY(const sandbox::RunReport report, std::move(*actor_).stop());
  actor_.reset();
  usage_ += report.usage;
  return {};
}

// Half of the CPU limit is the share of the cases before: whatever comes next has the other half
// for itself.
base::Result<std::optional<PropertyEnd>> PropertyRunner::ensure_actor(std::size_t cases) {
  using NotStarted = std::optional<PropertyEnd>;
  const bool has_run_its_share =
      actor_ && ((!seen_.empty() && seen_.size() + cases > kCasesPerProcess) ||
                 actor_->cpu_used() * 2 > setting_.actor->limits.cpu);
  if (has_run_its_share) JUDGE_TRY_VOID(restart());
  if (actor_) return NotStarted{};
  seen_.clear();
  JUDGE_TRY_VOID(start_reference());
  JUDGE_TRY(Actor::Started started, Actor::start(*setting_.host, *setting_.actor));
  if (auto* failed_to_load = std::get_if<LoadFailed>(&started)) {
    return NotStarted{std::move(*failed_to_load)};
  }
  if (auto* ended = std::get_if<Ended>(&started)) {
    usage_ += ended->report.usage;
    return NotStarted{PropertyCrash{std::move(*ended), {}}};
  }
  actor_.emplace(std::get<Actor>(std::move(started)));
  return NotStarted{};
}

base::Status PropertyRunner::start_reference() {
  reference_.reset();
  if (setting_.reference == nullptr) return {};
  JUDGE_TRY(Actor actor, harness::start_reference(*setting_.host, *setting_.reference));
  reference_.emplace(std::move(actor));
  return {};
}

}  // namespace harness
