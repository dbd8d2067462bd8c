// Scorecard: collects what the tests say about each criterion while a grading runs.
// A criterion is met only when every test that checks it ran to its end and none of them failed it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harnesses/cases/run_cases.hpp"
#include "harnesses/property/search.hpp"
#include "harnesses/schedule/explore.hpp"
#include "judge/problem/problem.hpp"
#include "judge/verdict/verdict.hpp"

namespace judge {

class Scorecard {
 public:
  // Recorded cases of the test at hand, as text.
  using Replays = std::function<std::string(const std::vector<harness::PastCase>&)>;

  // `only`: the criteria asked for; empty: all that apply to the language.
  Scorecard(const Problem& problem, Language language, const std::set<std::string>& only);

  void add(const Test& test, const ScheduleTest& plan, harness::Exploration exploration,
           const Replays& replays);
  void add(const Test& test, const PropertyTest& plan, const harness::PropertySetting& setting,
           harness::PropertySearch search);
  void add(const Test& test, const CasesTest& plan, harness::CasesOutcome outcome);

  // Criteria that have failed: nothing that is still to come changes that.
  [[nodiscard]] std::set<std::string> decided() const;
  [[nodiscard]] bool has_decided(const std::vector<Predicate>& predicates) const;
  // The test checks nothing else.
  void skip(const Test& test);
  // Equal choices had other consequences in that test, which has been added.
  void note_nondeterminism(const std::string& test);
  void add_usage(const sandbox::Usage& usage) { usage_ += usage; }

  // This host cannot run the test.
  void cannot_enforce(const ScheduleTest& plan, const std::string& why);

  // Nothing more will be judged: everything still open is not_run.
  void stop(VerdictKind kind, Incident incident);
  [[nodiscard]] bool stopped() const { return stopped_; }

  void write_to(Verdict& verdict) &&;

 private:
  [[nodiscard]] Incident not_judged() const;
  void fail(const std::string& criterion, Evidence evidence);
  // Of those that are met so far.
  void leave(const std::string& criterion, CriterionStatus status, const std::string& why);
  void leave_open(const std::string& criterion, const std::string& why);
  void record(VerdictKind kind, Incident incident);

  const ProblemLimits limits_;
  std::vector<CriterionResult> criteria_;
  std::vector<SearchSummary> search_;
  std::optional<VerdictKind> kind_;
  std::optional<Incident> incident_;
  sandbox::Usage usage_;
  bool stopped_ = false;
};

}  // namespace judge
