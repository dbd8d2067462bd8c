#include "harnesses/schedule/driver.hpp"

#include <algorithm>
#include <utility>

namespace harness {

Driver::Driver(Setting setting)
    : setting_{std::move(setting)}, runner_{*setting_.plan, setting_.dialect, setting_.options} {}

base::Result<Driver::Case> Driver::run(ChoiceSource& source) {
  JUDGE_TRY(auto not_started, ensure_actor());
  if (not_started) {
    if (auto* crash = std::get_if<Crash>(&*not_started)) return Case{std::move(*crash), {}};
    return Case{std::get<LoadFailed>(std::move(*not_started)), {}};
  }
  if (latest_) before_.push_back(std::move(*latest_));
  Choices choices{source};
  JUDGE_TRY(CaseRunner::Outcome outcome, runner_.run(*actor_, choices));
  ++cases_;
  latest_ = choices.drawn();
  if (auto* interrupted = std::get_if<CaseRunner::Interrupted>(&outcome)) {
    usage_ += interrupted->ended.report.usage;
    actor_.reset();
    return Case{Crash{std::move(interrupted->ended), std::move(interrupted->so_far)},
                choices.recording()};
  }
  auto& trace = std::get<Trace>(outcome);
  if (crashes(trace)) return Case{Crash{std::nullopt, std::move(trace)}, choices.recording()};
  return Case{std::move(trace), choices.recording()};
}

base::Status Driver::restart() {
  before_.clear();
  latest_.reset();
  if (!actor_) return {};
  JUDGE_TRY(const sandbox::RunReport report, std::move(*actor_).stop());
  actor_.reset();
  usage_ += report.usage;
  return {};
}

// Half of the CPU limit is the share of the cases before: whatever case comes next has the other
// half for itself.
base::Result<std::optional<std::variant<Driver::Crash, LoadFailed>>> Driver::ensure_actor() {
  using NotStarted = std::optional<std::variant<Crash, LoadFailed>>;
  const bool has_run_its_share =
      actor_ && (static_cast<int>(before_.size()) + 1 >= setting_.cases_per_process ||
                 actor_->cpu_used() * 2 > setting_.actor->limits.cpu);
  if (has_run_its_share) JUDGE_TRY_VOID(restart());
  if (actor_) return NotStarted{};
  before_.clear();
  latest_.reset();
  JUDGE_TRY(Actor::Started started, Actor::start(*setting_.host, *setting_.actor));
  if (auto* failed = std::get_if<LoadFailed>(&started)) return NotStarted{std::move(*failed)};
  if (auto* ended = std::get_if<Ended>(&started)) {
    usage_ += ended->report.usage;
    return NotStarted{Crash{std::move(*ended), {}}};
  }
  actor_.emplace(std::get<Actor>(std::move(started)));
  return NotStarted{};
}

bool Driver::crashes(const Trace& trace) const {
  return std::any_of(trace.events.begin(), trace.events.end(), [this](const Event& event) {
    return (event.kind == Event::Kind::unhandled && setting_.crash.unhandled_ends) ||
           (event.kind == Event::Kind::uncaught && setting_.crash.uncaught_ends);
  });
}

}  // namespace harness
