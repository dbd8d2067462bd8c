#include "judge/grading/keeps_clock.hpp"

#include <utility>
#include <variant>

#include "sandbox/process.hpp"
#include "sandbox/time/virtual_clock.hpp"

namespace judge {
namespace {

using sandbox::TimeMode;

// One that does not load, or ends before it has, is judged for that, whatever the time was.
base::Result<bool> try_actor(const sandbox::Host& host, harness::ActorPlan plan) {
  plan.virtual_time = true;
  JUDGE_TRY(harness::Actor::Started started, harness::Actor::start(host, plan));
  auto* const actor = std::get_if<harness::Actor>(&started);
  if (actor == nullptr) return true;
  const bool kept = actor->now().has_value();
  JUDGE_TRY_VOID(std::move(*actor).stop());
  return kept;
}

base::Result<bool> try_program(const sandbox::Host& host, const harness::ProgramPlan& plan) {
  sandbox::Program program = plan.program;
  JUDGE_TRY(program.clock, sandbox::time::VirtualClock::make(TimeMode::preloaded));
  JUDGE_TRY(const sandbox::RunReport report, sandbox::run(host, program, plan.limits));
  return report.enforced.time == sandbox::name_of(TimeMode::preloaded);
}

}  // namespace

base::Result<bool> keeps_clock(const sandbox::Host& host, const Built& built) {
  if (host.time_mode() != TimeMode::preloaded) return host.time_mode() == TimeMode::notified;
  if (const auto* actor = std::get_if<harness::ActorPlan>(&built)) return try_actor(host, *actor);
  return try_program(host, std::get<harness::ProgramPlan>(built));
}

}  // namespace judge
