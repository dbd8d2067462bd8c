#include "judge/grading/part_of_test.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace judge {

bool applies(const Test& test, Language language) {
  return std::find(test.languages.begin(), test.languages.end(), language) != test.languages.end();
}

std::optional<Test> restricted(Test test, const std::set<std::string>& only) {
  if (only.empty()) return test;
  const auto restrict = [&](std::vector<Predicate>& predicates) {
    std::erase_if(predicates,
                  [&](const Predicate& each) { return !only.contains(each.criterion); });
    return predicates.empty();
  };
  if (auto* schedule = std::get_if<ScheduleTest>(&test.plan)) {
    if (restrict(schedule->predicates)) return {};
  } else if (auto* property = std::get_if<PropertyTest>(&test.plan)) {
    if (restrict(property->predicates)) return {};
  } else {
    auto& cases = std::get<CasesTest>(test.plan).cases;
    std::erase_if(cases, [&](Case& each) {
      std::erase_if(each.criteria,
                    [&](const std::string& criterion) { return !only.contains(criterion); });
      return each.criteria.empty();
    });
    if (cases.empty()) return {};
  }
  return test;
}

}  // namespace judge
