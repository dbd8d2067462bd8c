#include "judge/problem/check_coverage.hpp"

#include <vector>

namespace judge {

void check_coverage(const Fields& problem, ProblemContext& context) {
  const Node* criteria = problem.find("criteria");
  const Node* tests = problem.find("tests");
  if (!context.tests_known) return;
  if (criteria == nullptr || tests == nullptr || tests->kind != Node::Kind::map) return;
  for (const Criterion& criterion : context.criteria) {
    const Node* node = find_child(*criteria, criterion.id);
    std::vector<Language> unchecked;
    for (const Language language : criterion.languages) {
      if (!context.checked.contains({criterion.id, language})) unchecked.push_back(language);
    }
    if (node == nullptr || unchecked.empty()) continue;
    const bool nowhere = unchecked.size() == criterion.languages.size();
    const std::string of = nowhere ? "" : " for " + all_of(names_of_languages(unchecked));
    context.out.add_at_key(*node, "no test checks it" + of + "; name it in a test's `check`");
  }
}

}  // namespace judge
