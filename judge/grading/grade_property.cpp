#include "judge/grading/grade_property.hpp"

#include <algorithm>

#include "harnesses/engine/replay_string.hpp"
#include "harnesses/snake_case.hpp"
#include "judge/grading/property_evidence.hpp"

namespace judge {
namespace {

// As the actor exports it: Python may spell it its own way.
std::string exported_name(const std::string& name, const std::vector<std::string>& exports) {
  if (name.empty()) return exports.front();
  const bool as_written = std::find(exports.begin(), exports.end(), name) != exports.end();
  return as_written ? name : harness::snake_case(name);
}

}  // namespace

int property_cases(const PropertyTest& plan, std::size_t tests) {
  constexpr int kTogether = 8000;
  constexpr int kLeast = 500;
  constexpr int kMost = 2000;
  if (plan.most_cases) return static_cast<int>(*plan.most_cases);
  return std::clamp(kTogether / static_cast<int>(std::max<std::size_t>(1, tests)), kLeast, kMost);
}

harness::PropertySetting property_setting(const PropertySurroundings& around,
                                          const PropertyTest& plan,
                                          const harness::CompiledProperty& compiled) {
  harness::PropertySetting setting{.host = &around.host,
                                   .actor = &around.actor,
                                   .reference = around.reference,
                                   .plan = &plan,
                                   .language = around.language,
                                   .functions = {},
                                   .function_of = {},
                                   .look = compiled.looks_after,
                                   .unhandled_ends = around.rules.unhandled_ends,
                                   .uncaught_ends = around.rules.uncaught_ends};
  for (const harness::NamedCall& each : plan.calls) {
    const std::string name = exported_name(each.call.function, around.actor.exports);
    const auto known = std::find(setting.functions.begin(), setting.functions.end(), name);
    setting.function_of.push_back(static_cast<std::size_t>(known - setting.functions.begin()));
    if (known == setting.functions.end()) setting.functions.push_back(name);
  }
  return setting;
}

base::Result<PropertyReplayOutcome> replay_property(const harness::PropertySetting& setting,
                                                    harness::PropertyOracle& oracle,
                                                    const std::string& criterion,
                                                    const std::string& replay_string) {
  const auto sequences = harness::parse_replay_string(replay_string);
  if (!sequences)
    return base::invalid_input("'" + replay_string + "' is no replay string; it begins with r2:");
  JUDGE_TRY(harness::PropertyReplay replayed,
            harness::replay_property(setting, oracle, *sequences));
  for (harness::PredicateFailure& failure : replayed.failures) {
    if (setting.plan->predicates[failure.predicate].criterion != criterion) continue;
    const harness::PropertyFinding finding{.criterion = criterion,
                                           .predicate = failure.predicate,
                                           .call = failure.event,
                                           .values = std::move(failure.values),
                                           .observed = std::move(*replayed.last),
                                           .replay = *sequences,
                                           .reproducible = true};
    return PropertyReplayOutcome{
        .fails_again = true, .summary = evidence_of("", *setting.plan, setting, finding).summary};
  }
  return PropertyReplayOutcome{
      .fails_again = false,
      .summary = replayed.last ? "holds" : "the program did not get to the end of the case"};
}

}  // namespace judge
