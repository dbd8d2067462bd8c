#include "judge/grading/scorecard.hpp"

#include <algorithm>
#include <utility>

#include "harnesses/protocol/show.hpp"
#include "harnesses/schedule/labels.hpp"
#include "judge/grading/evidence.hpp"
#include "judge/grading/property_evidence.hpp"
#include "judge/verdict/decide_verdict.hpp"

namespace judge {
namespace {

constexpr std::size_t kShownOutput = 4000;

struct Ending {
  VerdictKind kind;
  std::string summary;
  std::string output;
};

Ending ending_of(const harness::LoadFailed& failed) {
  if (failed.phase == "missing_export") {
    std::string names;
    for (const std::string& name : failed.missing) names += (names.empty() ? "" : ", ") + name;
    return {VerdictKind::compile_error, "the submission does not export " + names, {}};
  }
  const bool syntax = failed.phase == "syntax";
  return {
      syntax ? VerdictKind::compile_error : VerdictKind::runtime_error,
      std::string{syntax ? "the submission is not valid: " : "loading the submission failed: "} +
          harness::show(failed.error),
      {}};
}

Ending ending_of(const sandbox::RunReport& report, const std::string& violation,
                 const ProblemLimits& limits) {
  return {verdict_of(report, !violation.empty()),
          "the program " + describe_end(report, violation, limits),
          report.standard_error.substr(0, kShownOutput)};
}

Ending ending_of(const harness::Driver::Crash& crash, const ProblemLimits& limits) {
  if (crash.ended) return ending_of(crash.ended->report, crash.ended->violation, limits);
  for (const harness::Event& event : crash.so_far.events) {
    const bool unhandled = event.kind == harness::Event::Kind::unhandled;
    if (!unhandled && event.kind != harness::Event::Kind::uncaught) continue;
    return {VerdictKind::runtime_error,
            std::string{unhandled ? "a rejection that nobody handled: "
                                  : "an exception that nobody caught: "} +
                harness::show_labelled(event.value, crash.so_far),
            {}};
  }
  return {VerdictKind::runtime_error, "the program crashed", {}};
}

Ending ending_of(const harness::PropertyEnd& end, const ProblemLimits& limits) {
  if (const auto* failed = std::get_if<harness::LoadFailed>(&end)) return ending_of(*failed);
  const auto& crash = std::get<harness::PropertyCrash>(end);
  if (crash.ended) return ending_of(crash.ended->report, crash.ended->violation, limits);
  return {VerdictKind::runtime_error,
          std::string{crash.unhandled ? "a rejection that nobody handled: "
                                      : "an exception that nobody caught: "} +
              harness::show(crash.error),
          {}};
}

// After these the rest would only meet the same end again, at the full price of the limit.
bool ends_everything(VerdictKind kind) { return kind != VerdictKind::runtime_error; }

}  // namespace

Scorecard::Scorecard(const Problem& problem, Language language, const std::set<std::string>& only)
    : limits_{problem.limits} {
  for (const Criterion& criterion : problem.criteria) {
    const auto& languages = criterion.languages;
    if (std::find(languages.begin(), languages.end(), language) == languages.end()) continue;
    if (!only.empty() && !only.contains(criterion.id)) continue;
    criteria_.push_back(
        {.criterion = criterion, .status = CriterionStatus::met, .reason = {}, .evidence = {}});
  }
}

void Scorecard::add(const Test& test, const ScheduleTest& plan, harness::Exploration exploration,
                    const Replays& replays) {
  SearchSummary summary{.test = test.name,
                        .cases = exploration.cases,
                        .exhaustive = exploration.exhaustive,
                        .exhaustive_up_to = exploration.exhaustive_up_to,
                        .out_of_cpu = exploration.out_of_cpu};
  if (exploration.miss_bound) {
    summary.miss_bound = {.depth = exploration.miss_bound->depth,
                          .probability = exploration.miss_bound->probability};
  }
  search_.push_back(std::move(summary));
  for (const harness::Finding& finding : exploration.findings) {
    fail(finding.criterion, evidence_of(test.name, plan, finding, replays(finding.replay)));
  }
  for (const auto& [criterion, why] : exploration.unknown) {
    leave(criterion, CriterionStatus::undecided, why);
  }
  if (!exploration.interruption) return;
  auto& what = exploration.interruption->what;
  const auto* failed = std::get_if<harness::LoadFailed>(&what);
  Ending ending = failed != nullptr ? ending_of(*failed)
                                    : ending_of(std::get<harness::Driver::Crash>(what), limits_);
  for (const Predicate& predicate : plan.predicates)
    leave_open(predicate.criterion, ending.summary);
  record(ending.kind, {.test = test.name,
                       .summary = std::move(ending.summary),
                       .output = std::move(ending.output),
                       .replay = replays(exploration.interruption->replay)});
  if (failed != nullptr) stopped_ = true;
}

void Scorecard::add(const Test& test, const PropertyTest& plan,
                    const harness::PropertySetting& setting, harness::PropertySearch search) {
  usage_ += search.usage;
  search_.push_back({.test = test.name,
                     .cases = search.cases,
                     .exhaustive = search.exhaustive,
                     .exhaustive_up_to = search.exhaustive_up_to});
  for (const harness::PropertyFinding& finding : search.findings) {
    fail(finding.criterion, evidence_of(test.name, plan, setting, finding));
  }
  if (!search.interruption) return;
  Ending ending = ending_of(search.interruption->what, limits_);
  for (const Predicate& predicate : plan.predicates)
    leave_open(predicate.criterion, ending.summary);
  record(ending.kind, {.test = test.name,
                       .summary = std::move(ending.summary),
                       .output = std::move(ending.output),
                       .replay = replay_text(search.interruption->replay)});
  if (std::holds_alternative<harness::LoadFailed>(search.interruption->what)) stopped_ = true;
}

void Scorecard::add(const Test& test, const CasesTest& plan, harness::CasesOutcome outcome) {
  usage_ += outcome.usage;
  search_.push_back({.test = test.name,
                     .cases = static_cast<std::int64_t>(outcome.results.size()),
                     .exhaustive = outcome.results.size() == plan.cases.size()});
  for (const harness::CaseResult& result : outcome.results) {
    if (!result.difference) continue;
    const Case& wanted = plan.cases[result.index];
    if (result.ended || result.load_failed) {
      Ending ending = result.load_failed ? ending_of(*result.load_failed)
                                         : ending_of(*result.ended, result.violation, limits_);
      for (const std::string& criterion : wanted.criteria) leave_open(criterion, ending.summary);
      record(ending.kind, {.test = test.name,
                           .summary = "case '" + wanted.name + "': " + ending.summary,
                           .output = std::move(ending.output),
                           .replay = case_replay_string(result.index)});
      if (result.load_failed) stopped_ = true;
      continue;
    }
    for (const std::string& criterion : wanted.criteria)
      fail(criterion, evidence_of(test.name, plan, result));
  }
  for (std::size_t i = outcome.results.size(); i < plan.cases.size(); ++i) {
    for (const std::string& criterion : plan.cases[i].criteria) {
      leave_open(criterion, "case '" + plan.cases[i].name + "' was not run any more");
    }
  }
}

std::set<std::string> Scorecard::decided() const {
  std::set<std::string> ids;
  for (const CriterionResult& each : criteria_) {
    if (each.status == CriterionStatus::not_met) ids.insert(each.criterion.id);
  }
  return ids;
}

bool Scorecard::has_decided(const std::vector<Predicate>& predicates) const {
  const std::set<std::string> ids = decided();
  return std::all_of(predicates.begin(), predicates.end(),
                     [&](const Predicate& each) { return ids.contains(each.criterion); });
}

void Scorecard::skip(const Test& test) { search_.push_back({.test = test.name, .skipped = true}); }

void Scorecard::note_nondeterminism(const std::string& test) {
  for (SearchSummary& each : search_) {
    if (each.test == test) each.is_deterministic = false;
  }
}

void Scorecard::cannot_enforce(const ScheduleTest& plan, const std::string& why) {
  for (const Predicate& predicate : plan.predicates) {
    leave(predicate.criterion, CriterionStatus::not_enforced, why);
  }
}

void Scorecard::stop(VerdictKind kind, Incident incident) {
  record(kind, std::move(incident));
  stopped_ = true;
}

void Scorecard::write_to(Verdict& verdict) && {
  if (stopped_) {
    for (CriterionResult& each : criteria_) leave_open(each.criterion.id, incident_->summary);
  }
  verdict.kind = decide_verdict(kind_, criteria_);
  if (!incident_ && verdict.kind == VerdictKind::judge_error) incident_ = not_judged();
  verdict.criteria = std::move(criteria_);
  verdict.search = std::move(search_);
  verdict.incident = std::move(incident_);
  usage_ += verdict.usage;
  verdict.usage = usage_;
}

// Of the first criterion for which this host or our search is to blame.
Incident Scorecard::not_judged() const {
  const auto first =
      std::find_if(criteria_.begin(), criteria_.end(), [](const CriterionResult& each) {
        return each.criterion.required && (each.status == CriterionStatus::not_enforced ||
                                           each.status == CriterionStatus::undecided);
      });
  const bool host = first->status == CriterionStatus::not_enforced;
  return {.test = {},
          .summary = "criterion " + first->criterion.id + " cannot be judged" +
                     (host ? " on this host: " : ": ") + first->reason,
          .output = {},
          .replay = {}};
}

void Scorecard::fail(const std::string& criterion, Evidence evidence) {
  for (CriterionResult& each : criteria_) {
    if (each.criterion.id != criterion || each.status == CriterionStatus::not_met) continue;
    each.status = CriterionStatus::not_met;
    each.reason.clear();
    each.evidence = std::move(evidence);
    return;
  }
}

void Scorecard::leave(const std::string& criterion, CriterionStatus status,
                      const std::string& why) {
  for (CriterionResult& each : criteria_) {
    if (each.criterion.id != criterion || each.status != CriterionStatus::met) continue;
    each.status = status;
    each.reason = why;
  }
}

void Scorecard::leave_open(const std::string& criterion, const std::string& why) {
  leave(criterion, CriterionStatus::not_run, why);
}

// The first incident is told, unless a later one ends everything.
void Scorecard::record(VerdictKind kind, Incident incident) {
  if (!kind_ || (ends_everything(kind) && !ends_everything(*kind_))) {
    kind_ = kind;
    incident_ = std::move(incident);
  }
  if (ends_everything(kind)) stopped_ = true;
}

}  // namespace judge
