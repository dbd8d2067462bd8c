// `check`: which criteria a test bears on, and the predicates that must hold for each.
#pragma once

#include <vector>

#include "judge/problem/fields.hpp"
#include "judge/problem/test_context.hpp"

namespace judge {

// What a test of this harness may write.
struct Checks {
  bool moments;   // `always` and `at_rest` besides `finally`
  bool compares;  // `equals: reference`
  // `linearizable: MODEL`, with what is read of the test so far; nullptr: not here.
  const ScheduleTest* history = nullptr;
};
[[nodiscard]] std::vector<Predicate> read_check(const Fields& test,
                                                const std::vector<Language>& languages,
                                                Checks checks, ProblemContext& problem);

// Reports a language of the test that has no export to call. `what`: "a schedule test".
void check_exports(const Fields& test, const std::vector<Language>& languages,
                   const std::string& what, ProblemContext& problem);

}  // namespace judge
