#include "judge/grading/schedule_suite.hpp"

#include <algorithm>
#include <utility>

#include "harnesses/schedule/determinism.hpp"

namespace judge {
namespace {

std::vector<harness::Driver::Test> tests_of(const std::vector<ScheduleSuite::Member>& members) {
  std::vector<harness::Driver::Test> tests;
  for (const ScheduleSuite::Member& each : members) tests.push_back(each.test);
  return tests;
}

}  // namespace

ScheduleSuite::ScheduleSuite(harness::Driver::Setting setting, const std::vector<Member>& members)
    : driver_{std::move(setting), tests_of(members)} {
  for (const Member& each : members) names_.push_back(each.name);
}

std::optional<std::size_t> ScheduleSuite::place(const std::string& name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (found == names_.end()) return {};
  return static_cast<std::size_t>(found - names_.begin());
}

base::Result<std::vector<std::string>> ScheduleSuite::find_nondeterministic() {
  JUDGE_TRY(const std::vector<bool> good, harness::are_deterministic(driver_, suspects_));
  std::vector<std::string> names;
  for (std::size_t i = 0; i < good.size(); ++i) {
    if (!good[i]) names.push_back(names_[suspects_[i].test]);
  }
  return names;
}

std::string ScheduleSuite::to_text(const std::vector<harness::PastCase>& cases,
                                   std::size_t test) const {
  std::vector<harness::RecordedCase> recorded;
  for (const harness::PastCase& each : cases) {
    recorded.push_back(
        {.test = each.test == test ? "" : names_[each.test], .choices = each.choices});
  }
  return harness::to_replay_string(recorded);
}

std::optional<std::vector<harness::PastCase>> ScheduleSuite::parse(const std::string& text,
                                                                   std::size_t test) const {
  const auto recorded = harness::parse_replay_string(text);
  if (!recorded || !recorded->back().test.empty()) return {};
  std::vector<harness::PastCase> cases;
  for (const harness::RecordedCase& each : *recorded) {
    const auto of = each.test.empty() ? test : place(each.test);
    if (!of) return {};
    cases.push_back({.test = *of, .choices = each.choices});
  }
  return cases;
}

}  // namespace judge
