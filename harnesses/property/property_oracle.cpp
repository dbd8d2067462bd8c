#include "harnesses/property/property_oracle.hpp"

#include <algorithm>
#include <utility>

#include "harnesses/property/differ.hpp"
#include "harnesses/protocol/weight.hpp"
#include "harnesses/schedule/oracle/describe.hpp"

namespace harness {
namespace {

// Of what is sent in one request, before its last case.
constexpr std::size_t kMostWeight = std::size_t{2} << 20U;

const char* word(CallOutcome::State state) {
  switch (state) {
    case CallOutcome::State::returned:
      return "returned";
    case CallOutcome::State::threw:
      return "threw";
    case CallOutcome::State::fulfilled:
      return "fulfilled";
    case CallOutcome::State::rejected:
      return "rejected";
    case CallOutcome::State::pending:
      return "pending";
    case CallOutcome::State::not_made:
      break;
  }
  return "not made";
}

Value describe_case(const Observed& observed, const std::string& language) {
  List given;
  for (const Value& value : observed.what.given) given.items.push_back(describe(value));
  List calls;
  for (std::size_t i = 0; i < observed.outcomes.size(); ++i) {
    const CallOutcome& outcome = observed.outcomes[i];
    List arguments{arguments_of(observed.what, i, observed.outcomes)};
    calls.items.push_back(
        Value{List{{Value{std::string{word(outcome.state)}}, describe(outcome.value),
                    describe(Value{std::move(arguments)}), describe(outcome.after)}}});
  }
  return Value{List{{Value{std::move(given)}, Value{std::move(calls)}, Value{language}}}};
}

Value compile_request(const PropertyPlan& plan, const std::vector<Predicate>& predicates) {
  List given;
  for (const DrawnInput& each : plan.given) given.items.push_back(Value{each.name});
  List calls;
  for (const NamedCall& each : plan.calls) calls.items.push_back(Value{each.name});
  List expressions;
  for (const Predicate& predicate : predicates) {
    expressions.items.push_back(Value{Object{
        {{"expression", Value{predicate.expression}}, {"when", Value{std::string{"finally"}}}}}});
  }
  return Value{Object{{{"given", Value{std::move(given)}},
                       {"calls", Value{std::move(calls)}},
                       {"predicates", Value{std::move(expressions)}}}}};
}

}  // namespace

base::Result<PropertyOracle> PropertyOracle::compile(Oracle& oracle, const PropertyPlan& plan) {
  PropertyOracle made{oracle, plan};
  for (std::size_t i = 0; i < plan.predicates.size(); ++i) {
    if (plan.predicates[i].when == When::equals_reference) {
      made.comparisons_.push_back(i);
    } else {
      made.predicates_.push_back(plan.predicates[i]);
      made.expressions_.push_back(i);
    }
  }
  JUDGE_TRY(const Compiled compiled,
            oracle.compile_with("compileProperty", compile_request(plan, made.predicates_),
                                made.predicates_));
  made.compiled_.looks_after =
      std::any_of(compiled.names.begin(), compiled.names.end(),
                  [](const std::string& name) { return name == "after" || name == "unchanged"; });
  return made;
}

base::Result<std::vector<std::vector<PredicateFailure>>> PropertyOracle::evaluate(
    std::span<const Observed> cases, const std::string& language) {
  std::vector<std::vector<PredicateFailure>> failures(cases.size());
  for (std::size_t next = 0; next < cases.size() && !predicates_.empty();) {
    const std::size_t begin = next;
    List requests;
    std::size_t weight = 0;
    for (; next < cases.size() && weight <= kMostWeight; ++next) {
      requests.items.push_back(describe_case(cases[next], language));
      weight += weight_of(requests.items.back());
    }
    JUDGE_TRY(auto some,
              oracle_.evaluate_with("evaluateProperties", std::move(requests), predicates_));
    for (std::size_t i = begin; i < next; ++i) {
      failures[i] = std::move(some[i - begin]);
      for (PredicateFailure& each : failures[i]) each.predicate = expressions_[each.predicate];
    }
  }
  for (std::size_t i = 0; i < cases.size() && !comparisons_.empty(); ++i) {
    const auto differing = differing_call(cases[i]);
    if (!differing) continue;
    for (const std::size_t comparison : comparisons_) {
      failures[i].push_back({.predicate = comparison, .event = *differing, .values = {}});
    }
  }
  return failures;
}

}  // namespace harness
