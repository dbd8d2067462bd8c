#include "harnesses/schedule/driver.hpp"

#include <algorithm>
#include <utility>

#include "harnesses/protocol/show.hpp"

namespace harness {
namespace {

// Cases in one process that leave timers behind, in tests that move time: all that tick go on
// ticking in later cases, at the program's expense.
constexpr int kMostWithTimersLeft = 10;

bool leaves_timers(const Trace& trace) {
  const auto last_rest =
      std::find_if(trace.events.rbegin(), trace.events.rend(),
                   [](const Event& event) { return event.kind == Event::Kind::rest; });
  return last_rest != trace.events.rend() && last_rest->flag;
}

}  // namespace

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
  JUDGE_TRY(CaseRunner::Outcome outcome,
            runner_.run(*actor_, reference_ ? &*reference_ : nullptr, choices));
  ++cases_;
  latest_ = choices.drawn();
  if (auto* interrupted = std::get_if<CaseRunner::Interrupted>(&outcome)) {
    usage_ += interrupted->ended.report.usage;
    actor_.reset();
    return Case{Crash{std::move(interrupted->ended), std::move(interrupted->so_far)},
                choices.recording()};
  }
  auto& trace = std::get<Trace>(outcome);
  if (leaves_timers(trace)) ++cases_with_timers_left_;
  if (crashes(trace)) return Case{Crash{std::nullopt, std::move(trace)}, choices.recording()};
  return Case{std::move(trace), choices.recording()};
}

base::Status Driver::restart() {
  forget_cases();
  reference_.reset();
  if (!actor_) return {};
  JUDGE_TRY(const sandbox::RunReport report, std::move(*actor_).stop());
  actor_.reset();
  usage_ += report.usage;
  return {};
}

void Driver::forget_cases() {
  before_.clear();
  latest_.reset();
  cases_with_timers_left_ = 0;
}

// Half of the CPU limit is the share of the cases before: whatever case comes next has the other
// half for itself.
base::Result<std::optional<std::variant<Driver::Crash, LoadFailed>>> Driver::ensure_actor() {
  using NotStarted = std::optional<std::variant<Crash, LoadFailed>>;
  const bool moves_time = setting_.plan->operations && setting_.plan->operations->advance;
  const bool has_run_its_share =
      actor_ && (static_cast<int>(before_.size()) + 1 >= setting_.cases_per_process ||
                 (moves_time && cases_with_timers_left_ >= kMostWithTimersLeft) ||
                 actor_->cpu_used() * 2 > setting_.actor->limits.cpu);
  if (has_run_its_share) JUDGE_TRY_VOID(restart());
  if (actor_) return NotStarted{};
  forget_cases();
  JUDGE_TRY_VOID(start_reference());
  JUDGE_TRY(Actor::Started started, Actor::start(*setting_.host, *setting_.actor));
  if (auto* failed = std::get_if<LoadFailed>(&started)) return NotStarted{std::move(*failed)};
  if (auto* ended = std::get_if<Ended>(&started)) {
    usage_ += ended->report.usage;
    return NotStarted{Crash{std::move(*ended), {}}};
  }
  actor_.emplace(std::get<Actor>(std::move(started)));
  return NotStarted{};
}

// What it does wrong is the problem author's mistake.
base::Status Driver::start_reference() {
  reference_.reset();
  if (setting_.reference == nullptr) return {};
  JUDGE_TRY(Actor::Started started, Actor::start(*setting_.host, *setting_.reference));
  if (auto* actor = std::get_if<Actor>(&started)) {
    reference_.emplace(std::move(*actor));
    return {};
  }
  if (const auto* failed = std::get_if<LoadFailed>(&started)) {
    return base::internal("reference: does not load: " + show(failed->error));
  }
  return base::internal("reference: ended while it was loaded");
}

bool Driver::crashes(const Trace& trace) const {
  return std::any_of(trace.events.begin(), trace.events.end(), [this](const Event& event) {
    return (event.kind == Event::Kind::unhandled && setting_.crash.unhandled_ends) ||
           (event.kind == Event::Kind::uncaught && setting_.crash.uncaught_ends);
  });
}

}  // namespace harness
