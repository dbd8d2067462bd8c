#include "judge/grading/property_evidence.hpp"

#include "harnesses/engine/replay_string.hpp"
#include "harnesses/property/differ.hpp"
#include "judge/grading/evidence.hpp"
#include "sandbox/base/escape.hpp"

namespace judge {
namespace {

constexpr std::size_t kShownValue = 2000;

std::string values_text(const harness::PropertyFinding& finding) {
  std::string text;
  for (const auto& [name, value] : finding.values) {
    text += (text.empty() ? "" : ", ") + base::escape(name) + " = " + base::escape(value);
  }
  return text;
}

CallLine call_line(const PropertyTest& plan, const harness::PropertySetting& setting,
                   const harness::Observed& observed, std::size_t call,
                   harness::LiteralStyle style) {
  const std::string& name = plan.calls[call].name;
  const std::string& function = setting.functions[setting.function_of[call]];
  CallLine line{.call = (name.empty() ? "" : name + " = ") +
                        harness::call_text(observed, function, call, style, kShownValue),
                .outcome = harness::outcome_text(observed.outcomes[call], style, kShownValue),
                .expected = {}};
  if (!observed.expected.empty()) {
    const std::string expected = harness::outcome_text(observed.expected[call], style, kShownValue);
    if (expected != line.outcome) line.expected = expected;
  }
  const harness::Value& after = observed.outcomes[call].after;
  if (const auto* list = std::get_if<harness::List>(&after.data)) {
    const harness::Value before{
        harness::List{harness::arguments_of(observed.what, call, observed.outcomes)}};
    const std::string now = harness::literal_text(after, style, kShownValue);
    if (list != nullptr && now != harness::literal_text(before, style, kShownValue)) {
      line.outcome += "; its arguments then were " + now;
    }
  }
  return line;
}

}  // namespace

Evidence evidence_of(const std::string& test, const PropertyTest& plan,
                     const harness::PropertySetting& setting,
                     const harness::PropertyFinding& finding) {
  const auto style = setting.language == "python" ? harness::LiteralStyle::python
                                                  : harness::LiteralStyle::javascript;
  const Predicate& predicate = plan.predicates[finding.predicate];
  Evidence evidence;
  evidence.test = test;
  if (predicate.when == When::equals_reference) {
    const std::string& function = setting.functions[setting.function_of[finding.call]];
    evidence.difference = harness::difference_text(finding.observed, function, finding.call, style);
  } else {
    const std::string values = values_text(finding);
    evidence.predicate = base::escape(predicate.expression) + (values.empty() ? "" : "; " + values);
  }
  evidence.remarks = remarks_on(finding.replay.size(), finding.reproducible);
  for (std::size_t i = 0; i < plan.given.size(); ++i) {
    evidence.given.emplace_back(
        plan.given[i].name,
        harness::literal_text(finding.observed.what.given[i], style, kShownValue));
  }
  for (std::size_t i = 0; i < plan.calls.size(); ++i) {
    evidence.calls.push_back(call_line(plan, setting, finding.observed, i, style));
  }
  evidence.replay = replay_text(finding.replay);
  evidence.found_at = finding.found_at;
  evidence.reproducible = finding.reproducible;
  return evidence;
}

std::string replay_text(const std::vector<harness::ChoiceSequence>& cases) {
  std::vector<harness::RecordedCase> recorded;
  for (const harness::ChoiceSequence& each : cases)
    recorded.push_back({.test = {}, .choices = each});
  return harness::to_replay_string(recorded);
}

}  // namespace judge
