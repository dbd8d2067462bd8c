#include "judge/grading/effort.hpp"

#include <optional>
#include <vector>

#include <doctest/doctest.h>

using judge::Effort;
using judge::Test;

namespace {

// Of many calls; `cases` as its author says.
Test test_of(harness::IntegerRange steps, std::optional<std::int64_t> cases = {}) {
  judge::ScheduleTest plan;
  plan.operations = judge::OperationsPlan{
      .object = {}, .operations = {}, .steps = steps, .advance = {}, .after = {}, .at_end = {}};
  plan.most_cases = cases;
  return {.name = "t", .languages = {}, .plan = std::move(plan), .where = {}};
}

int random_cases(const std::vector<Test>& tests, std::size_t which) {
  const auto& plan = std::get<judge::ScheduleTest>(tests[which].plan);
  return judge::budget_for(Effort::normal, plan, tests, {}).random;
}

}  // namespace

TEST_SUITE("judge/grading/effort") {
  TEST_CASE("the more tests, the fewer cases each") {
    const std::vector<Test> few(8, test_of({1, 5}));
    const std::vector<Test> many(16, test_of({1, 5}));
    CHECK(random_cases(many, 0) * 2 <= random_cases(few, 0));
    CHECK(random_cases(many, 0) == random_cases(many, 15));
  }

  TEST_CASE("what a test has no use for goes to the others") {
    std::vector<Test> tests(16, test_of({1, 5}));
    const int before = random_cases(tests, 0);
    tests[15] = test_of({1, 5}, 10);
    const int after = random_cases(tests, 0);
    CHECK(after > before);
    tests[14] = test_of({0, 0});  // makes the object and nothing else
    CHECK(random_cases(tests, 0) > after);
    CHECK(random_cases(tests, 14) < before);
  }

  TEST_CASE("a single test does not get all that there is") {
    const std::vector<Test> one(1, test_of({1, 5}));
    const std::vector<Test> eight(8, test_of({1, 5}));
    CHECK(random_cases(one, 0) < 2 * random_cases(eight, 0));
  }
}
