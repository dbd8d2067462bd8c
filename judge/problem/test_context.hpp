// What the readers of one test know of the problem around it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "judge/problem/node.hpp"
#include "judge/problem/problem.hpp"
#include "judge/problem/problem_files.hpp"

namespace judge {

struct ProblemContext {
  const std::vector<LanguageSupport>& languages;
  const std::vector<Criterion>& criteria;
  const Problem& problem;      // its head is read
  bool criteria_known = true;  // false: their list was unreadable, so naming one is no mistake
  bool tests_known = true;     // false: a test's harness is unknown, and with it what it checks
  ProblemFiles& files;
  Diagnostics& out;
  // Which criterion is checked for which language, by a test that may itself be wrong.
  std::set<std::pair<std::string, Language>> checked;
};

// Reports a test's or case's naming of a criterion that does not exist or never counts for the
// test's languages; otherwise notes it as checked.
void note_criterion(const Node& at, const std::string& id, const std::vector<Language>& languages,
                    ProblemContext& problem);

[[nodiscard]] std::vector<std::string> names_of_languages(const std::vector<Language>& languages);

}  // namespace judge
