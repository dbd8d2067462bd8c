#include "judge/problem/read_tests.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "judge/problem/read_cases.hpp"
#include "judge/problem/read_head.hpp"
#include "judge/problem/read_property.hpp"
#include "judge/problem/read_schedule.hpp"

namespace judge {
namespace {

enum class Harness { schedule, property, cases };
constexpr Word<Harness> kHarnesses[] = {
    {"schedule", Harness::schedule}, {"property", Harness::property}, {"cases", Harness::cases}};

// The keys that a test of this harness may have; of an unknown harness, those of any.
std::vector<std::string> keys_for(std::optional<Harness> harness) {
  std::vector<std::string> keys = schedule_keys();
  if (harness == Harness::schedule) return keys;
  if (harness == Harness::property) return property_keys();
  if (harness == Harness::cases) return cases_keys();
  for (const auto* more : {&property_keys(), &cases_keys()}) {
    for (const std::string& key : *more) {
      if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
    }
  }
  return keys;
}

Test read_test(const Node& node, ProblemContext& problem) {
  Test test;
  test.name = node.key;
  test.where = problem.out.position(node.key_where);
  (void)check_id_key(node, problem.out);
  std::optional<Harness> harness;
  if (const Node* named = find_child(node, "harness")) {
    harness = read_word(named, kHarnesses, problem.out);
  }
  const Fields fields{node, problem.out, keys_for(harness)};
  (void)fields.need("harness", "harness: schedule, property or cases");
  test.languages = read_languages(fields.find("languages"), problem.languages, problem.out);
  if (harness == Harness::schedule) {
    test.plan = read_schedule(fields, test.languages, problem);
  } else if (harness == Harness::property) {
    test.plan = read_property(fields, test.languages, problem);
  } else if (harness == Harness::cases) {
    test.plan = read_cases(fields, test.languages, problem);
  } else {
    problem.tests_known = false;
  }
  return test;
}

}  // namespace

std::vector<Test> read_tests(const Fields& fields, ProblemContext& problem) {
  std::vector<Test> tests;
  const Node* node = fields.need("tests", "tests: {name: {harness: ..., check: ...}}");
  if (node == nullptr) return tests;
  if (node->kind != Node::Kind::map || node->children.empty()) {
    const std::string found =
        node->kind == Node::Kind::map ? "names no test" : "found " + node->described();
    problem.out.add(*node, found + "; write {name: {harness: ..., check: ...}}");
    return tests;
  }
  for (const auto& child : node->children) tests.push_back(read_test(*child, problem));
  return tests;
}

}  // namespace judge
