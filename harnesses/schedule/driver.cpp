#include "harnesses/schedule/driver.hpp"

#include <algorithm>
#include <utility>

#include "harnesses/engine/sources.hpp"

namespace harness {
namespace {

// What cases leave behind goes on ticking in later ones, at the program's expense: this many ticks
// cost about as much as a fresh process, so a case in which there are more begins again in one.
// Timers that never tick make every rest a little longer.
constexpr std::int64_t kMostOlderTicks = 1000;
constexpr int kMostWithTimersLeft = 200;

// Few programs are tried for longer: at 2^31 and 2^32 ms counters of milliseconds go wrong. What
// one case lets pass is the test's business.
constexpr std::chrono::hours kOldest{20 * 24};

// A script begins small and grows while its cases need nobody and cost little: what is shared out
// case by case is looked at in between, and the clock of a program that works for long begins to
// move.
constexpr std::size_t kFirstScript = 4;
constexpr std::size_t kMostScript = 64;
constexpr std::chrono::milliseconds kMostScriptCpu{5};

bool leaves_timers(const Trace& trace) {
  const auto last_rest =
      std::find_if(trace.events.rbegin(), trace.events.rend(),
                   [](const Event& event) { return event.kind == Event::Kind::rest; });
  return last_rest != trace.events.rend() && last_rest->flag;
}

bool has_waited(const Driver::Case& done) {
  const auto* trace = std::get_if<Trace>(&done.outcome);
  return trace != nullptr &&
         std::any_of(trace->events.begin(), trace->events.end(),
                     [](const Event& event) { return event.kind == Event::Kind::wait; });
}

bool is_shared_out(const Driver::Crash& crash) {
  if (!crash.ended) return false;
  const sandbox::EndedBy by = crash.ended->report.ended_by;
  return by == sandbox::EndedBy::cpu_limit || by == sandbox::EndedBy::wall_limit ||
         by == sandbox::EndedBy::output_limit || by == sandbox::EndedBy::memory_limit ||
         by == sandbox::EndedBy::process_limit;
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
         .compares = compares(*test.plan),
         .script_size = kFirstScript});
  }
}

base::Result<Driver::Case> Driver::run(std::size_t test, ChoiceSource& source) {
  Runner& runner = tests_[test];
  JUDGE_TRY(auto not_started, ensure_actor(runner));
  if (not_started) {
    return std::visit([](auto& why) { return Case{std::move(why), {}, {}}; }, *not_started);
  }
  actor_->renew_wall();
  if (reference_) reference_->renew_wall();
  Choices choices{source};
  CaseRunner::Processes processes{.program = *actor_,
                                  .reference = runner.compares ? &*reference_ : nullptr};
  if (history_.count_ > 0) processes.most_older_ticks = kMostOlderTicks;
  JUDGE_TRY(CaseRunner::Outcome outcome, runner.runner->run(processes, choices, ++cases_));
  if (std::holds_alternative<CaseRunner::WornOut>(outcome) || is_inherited(outcome)) {
    if (auto* interrupted = std::get_if<CaseRunner::Interrupted>(&outcome)) {
      forget(interrupted->ended);
    }
    JUDGE_TRY_VOID(restart());
    ResumedSource again{choices.recording().choices, source};
    return run(test, again);
  }
  return conclude(test, std::move(outcome), choices.recording());
}

Driver::Case Driver::conclude(std::size_t test, CaseRunner::Outcome outcome, Recording drawn) {
  history_.cases_->push_back({.test = test, .choices = drawn.choices});
  history_.count_ = history_.cases_->size();
  if (auto* interrupted = std::get_if<CaseRunner::Interrupted>(&outcome)) {
    forget(interrupted->ended);
    return {Crash{std::move(interrupted->ended), std::move(interrupted->so_far)}, std::move(drawn),
            history_};
  }
  auto& trace = std::get<Trace>(outcome);
  if (leaves_timers(trace)) ++cases_with_timers_left_;
  older_ticks_ += trace.older_ticks;
  if (crashes(trace)) {
    return {Crash{std::nullopt, std::move(trace)}, std::move(drawn), history_};
  }
  return {std::move(trace), std::move(drawn), history_};
}

base::Status Driver::run_all(std::size_t test, std::span<ForeseenSource* const> sources,
                             const Take& take) {
  Runner& runner = tests_[test];
  std::vector<Case> done;
  for (auto left = sources; !left.empty(); left = left.subspan(done.size())) {
    done.clear();
    const std::size_t size = std::min({left.size(), runner.script_size, room_in_process()});
    if (size > 1 && runner.runner->can_script()) {
      JUDGE_TRY_VOID(run_script(test, left.first(size), done));
    } else {
      JUDGE_TRY(Case one, run(test, *left.front()));
      if (!has_waited(one)) runner.script_size = std::max<std::size_t>(2, runner.script_size);
      done.push_back(std::move(one));
    }
    for (Case& each : done) {
      const bool ended_well = each.ended_well();
      JUDGE_TRY(const bool goes_on, take(std::move(each)));
      if (!ended_well || !goes_on) return {};
    }
  }
  return {};
}

base::Status Driver::run_script(std::size_t test, std::span<ForeseenSource* const> sources,
                                std::vector<Case>& done) {
  Runner& runner = tests_[test];
  JUDGE_TRY(auto not_started, ensure_actor(runner));
  if (not_started) {
    done.push_back(std::visit(
        [](auto& why) {
          return Case{std::move(why), {}, {}};
        },
        *not_started));
    return {};
  }
  actor_->renew_wall();
  const auto cpu_before = actor_->cpu_used();
  JUDGE_TRY(auto ran, runner.runner->run_script(*actor_, sources, cases_ + 1));
  cases_ += static_cast<std::int64_t>(sources.size());
  for (std::size_t i = 0; i < ran.size(); ++i) {
    Case each = conclude(test, std::move(ran[i].outcome), std::move(ran[i].drawn));
    if (!each.ended_well()) return repeat_by_steps(test, sources.subspan(i), std::move(each), done);
    done.push_back(std::move(each));
  }
  for (ForeseenSource* const source : sources.subspan(ran.size())) source->rewind();
  const bool is_dear = actor_->cpu_used() - cpu_before > kMostScriptCpu;
  if (is_dear || ran.size() < sources.size()) {
    runner.script_size = is_dear ? std::max<std::size_t>(1, ran.size() / 2) : ran.size();
  } else {
    runner.script_size = std::min(kMostScript, 2 * runner.script_size);
  }
  return {};
}

// What ended the program in a script is looked for case by case, in a fresh process. Where it does
// not show again it counts as it was seen; but for a limit that was shared out among the cases of a
// script, without anybody looking.
base::Status Driver::repeat_by_steps(std::size_t test, std::span<ForeseenSource* const> sources,
                                     Case scripted, std::vector<Case>& done) {
  JUDGE_TRY_VOID(restart());
  for (ForeseenSource* const source : sources) {
    source->rewind();
    JUDGE_TRY(Case one, run(test, *source));
    done.push_back(std::move(one));
    if (!done.back().ended_well()) return {};
  }
  tests_[test].script_size = 1;
  if (!is_shared_out(std::get<Crash>(scripted.outcome))) done.push_back(std::move(scripted));
  return {};
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

void Driver::forget(const Ended& ended) {
  usage_ += ended.report.usage;
  actor_.reset();
}

// Memory and processes are not shared out: nobody knows what a program could give back. A case that
// meets their limits after others begins again in a process of its own.
bool Driver::is_inherited(const CaseRunner::Outcome& outcome) const {
  const auto* interrupted = std::get_if<CaseRunner::Interrupted>(&outcome);
  if (interrupted == nullptr || history_.count_ == 0) return false;
  const sandbox::EndedBy by = interrupted->ended.report.ended_by;
  return by == sandbox::EndedBy::memory_limit || by == sandbox::EndedBy::process_limit;
}

// Half of the CPU and output limits is the share of the cases before, and of what may be added to
// its processes: whatever case comes next has the other half for itself. The wall limit begins
// again with each.
bool Driver::has_run_its_share() const {
  return static_cast<int>(history_.count_) >= setting_.cases_per_process ||
         cases_with_timers_left_ >= kMostWithTimersLeft || older_ticks_ >= kMostOlderTicks ||
         actor_->age() > kOldest || actor_->cpu_used() * 2 > setting_.actor->limits.cpu ||
         actor_->added_processes() * 2 > setting_.actor->limits.processes ||
         actor_->output().count() * 2 > setting_.actor->limits.output.count();
}

std::size_t Driver::room_in_process() const {
  const auto most = static_cast<std::size_t>(setting_.cases_per_process);
  return history_.count_ < most ? most - history_.count_ : most;
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
