#include "judge/grading/grade_property.hpp"

#include <algorithm>

#include "harnesses/engine/replay_string.hpp"
#include "harnesses/snake_case.hpp"
#include "judge/grading/property_evidence.hpp"

namespace judge {
namespace {

harness::PropertySetting setting_for(const PropertySurroundings& around, const PropertyTest& plan,
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
    const std::vector<std::string>& exports = around.actor.exports;
    const std::string name = each.call.function.empty()
                                 ? exports.front()
                                 : harness::exported_name(each.call.function, exports);
    const auto known = std::find(setting.functions.begin(), setting.functions.end(), name);
    setting.function_of.push_back(static_cast<std::size_t>(known - setting.functions.begin()));
    if (known == setting.functions.end()) setting.functions.push_back(name);
  }
  return setting;
}

}  // namespace

base::Status grade_property(const PropertySurroundings& around, const Test& test,
                            const PropertyTest& plan, std::uint64_t seed,
                            const harness::PropertyBudget& budget, Scorecard& scorecard) {
  if (scorecard.has_decided(plan.predicates)) {
    scorecard.skip(test);
    return {};
  }
  JUDGE_TRY(harness::PropertyOracle oracle, harness::PropertyOracle::compile(around.oracle, plan));
  const harness::PropertySetting setting = setting_for(around, plan, oracle.compiled());
  JUDGE_TRY(harness::PropertySearch search,
            harness::search_property(setting, oracle, seed, budget, scorecard.decided()));
  scorecard.add(test, plan, setting, std::move(search));
  return {};
}

base::Result<Grader::ReplayOutcome> replay_property(const PropertySurroundings& around,
                                                    const PropertyTest& plan,
                                                    const std::string& criterion,
                                                    const std::string& replay_string) {
  JUDGE_TRY(harness::PropertyOracle oracle, harness::PropertyOracle::compile(around.oracle, plan));
  const harness::PropertySetting setting = setting_for(around, plan, oracle.compiled());
  const auto recorded = harness::parse_replay_string(replay_string);
  std::vector<harness::ChoiceSequence> cases;
  bool is_ours = recorded.has_value();
  for (std::size_t i = 0; is_ours && i < recorded->size(); ++i) {
    is_ours = (*recorded)[i].test.empty();
    cases.push_back((*recorded)[i].choices);
  }
  if (!is_ours) {
    return base::invalid_input("'" + replay_string +
                               "' is no replay string of this test; it begins with r2:");
  }
  JUDGE_TRY(harness::PropertyReplay replayed, harness::replay_property(setting, oracle, cases));
  for (harness::PredicateFailure& failure : replayed.failures) {
    if (plan.predicates[failure.predicate].criterion != criterion) continue;
    const harness::PropertyFinding finding{.criterion = criterion,
                                           .predicate = failure.predicate,
                                           .call = failure.event,
                                           .values = std::move(failure.values),
                                           .observed = std::move(*replayed.last),
                                           .replay = cases,
                                           .found_at = 0,
                                           .reproducible = true};
    return Grader::ReplayOutcome{.fails_again = true,
                                 .summary = evidence_of("", plan, setting, finding).summary()};
  }
  return Grader::ReplayOutcome{
      .fails_again = false,
      .summary = replayed.last ? "holds" : "the program did not get to the end of the case"};
}

}  // namespace judge
