#include "harnesses/schedule/driver.hpp"

#include <algorithm>
#include <utility>


namespace harness {
namespace {

// What cases leave behind goes on ticking in later ones, at the program's expense: this many ticks
// cost about as much as a fresh process. Timers that never tick make every rest a little longer.
constexpr std::int64_t kMostOlderTicks = 1000;
constexpr int kMostWithTimersLeft = 200;

bool leaves_timers(const Trace& trace) {
  const auto last_rest =
      std::find_if(trace.events.rbegin(), trace.events.rend(),
                   [](const Event& event) { return event.kind == Event::Kind::rest; });
  return last_rest != trace.events.rend() && last_rest->flag;
}

bool compares(const SchedulePlan& plan) {
  return std::any_of(plan.predicates.begin(), plan.predicates.end(),
                     [](const Predicate& each) { return each.when == When::equals_reference; });
}

}  // namespace

std::vector<PastCase> Driver::History::latest(std::size_t most) const {
  const std::size_t from = count_ > most + 1 ? count_ - most - 1 : 0;
  return {cases_->begin() + static_cast<std::ptrdiff_t>(from),
          cases_->begin() + static_cast<std::ptrdiff_t>(count_)};
}

Driver::Driver(Setting setting, const std::vector<Test>& tests) : setting_{std::move(setting)} {
  for (const Test& test : tests) {
    tests_.push_back(
        {.plan = test.plan,
         .runner = std::make_unique<CaseRunner>(*test.plan, setting_.dialect, test.options),
         .compares = compares(*test.plan)});
  }
}

base::Result<Driver::Case> Driver::run(std::size_t test, ChoiceSource& source) {
  Runner& runner = tests_[test];
  JUDGE_TRY(auto not_started, ensure_actor(runner));
  if (not_started) {
    if (auto* crash = std::get_if<Crash>(&*not_started)) return Case{std::move(*crash), {}};
    return Case{std::get<LoadFailed>(std::move(*not_started)), {}};
  }
  actor_->renew_wall();
  if (reference_) reference_->renew_wall();
  Choices choices{source};
  JUDGE_TRY(
      CaseRunner::Outcome outcome,
      runner.runner->run(*actor_, runner.compares ? &*reference_ : nullptr, choices, ++cases_));
  history_.cases_->push_back({.test = test, .choices = choices.drawn()});
  history_.count_ = history_.cases_->size();
  if (auto* interrupted = std::get_if<CaseRunner::Interrupted>(&outcome)) {
    usage_ += interrupted->ended.report.usage;
    actor_.reset();
    return Case{Crash{std::move(interrupted->ended), std::move(interrupted->so_far)},
                choices.recording()};
  }
  auto& trace = std::get<Trace>(outcome);
  if (leaves_timers(trace)) ++cases_with_timers_left_;
  older_ticks_ += trace.older_ticks;
  if (crashes(trace)) return Case{Crash{std::nullopt, std::move(trace)}, choices.recording()};
  return Case{std::move(trace), choices.recording()};
}

base::Status Driver::restart() {
  history_ = {};
  cases_with_timers_left_ = 0;
  older_ticks_ = 0;
  reference_.reset();
  if (!actor_) return {};
  JUDGE_TRY(const sandbox::RunReport report, std::move(*actor_).stop());
  actor_.reset();
  usage_ += report.usage;
  return {};
}

std::chrono::microseconds Driver::cpu_used() const {
  return usage_.cpu_user + usage_.cpu_system +
         (actor_ ? actor_->cpu_used() : std::chrono::microseconds{});
}

// Half of the CPU and output limits is the share of the cases before: whatever case comes next has
// the other half for itself. The wall limit begins again with each.
bool Driver::has_run_its_share() const {
  return static_cast<int>(history_.count_) >= setting_.cases_per_process ||
         cases_with_timers_left_ >= kMostWithTimersLeft || older_ticks_ >= kMostOlderTicks ||
         actor_->cpu_used() * 2 > setting_.actor->limits.cpu ||
         actor_->output().count() * 2 > setting_.actor->limits.output.count();
}

base::Result<Driver::NotStarted> Driver::ensure_actor(const Runner& test) {
  if (actor_ && has_run_its_share()) JUDGE_TRY_VOID(restart());
  if (!actor_) {
    JUDGE_TRY_VOID(restart());
    JUDGE_TRY(Actor::Started started, Actor::start(*setting_.host, *setting_.actor));
    if (auto* failed = std::get_if<LoadFailed>(&started)) return NotStarted{std::move(*failed)};
    if (auto* ended = std::get_if<Ended>(&started)) {
      usage_ += ended->report.usage;
      return NotStarted{Crash{std::move(*ended), {}}};
    }
    actor_.emplace(std::get<Actor>(std::move(started)));
  }
  JUDGE_TRY_VOID(ensure_reference(test));
  return NotStarted{};
}

// What it does wrong is the problem author's mistake.
base::Status Driver::ensure_reference(const Runner& test) {
  if (!test.compares || reference_) return {};
  JUDGE_TRY(Actor actor, harness::start_reference(*setting_.host, *setting_.reference));
  reference_.emplace(std::move(actor));
  return {};
}

bool Driver::crashes(const Trace& trace) const {
  return std::any_of(trace.events.begin(), trace.events.end(), [this](const Event& event) {
    return (event.kind == Event::Kind::unhandled && setting_.crash.unhandled_ends) ||
           (event.kind == Event::Kind::uncaught && setting_.crash.uncaught_ends);
  });
}

}  // namespace harness
