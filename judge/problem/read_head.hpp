// What stands above criteria and tests: id, title, statement, languages, limits.
#pragma once

#include "judge/problem/fields.hpp"
#include "judge/problem/problem.hpp"
#include "judge/problem/problem_files.hpp"

namespace judge {

// Fills `problem`, whose folder is known already.
void read_head(const Fields& fields, Problem& problem, ProblemFiles& files, Diagnostics& out);

// A list of languages among `offered`, e.g. `[javascript, python]`.
[[nodiscard]] std::vector<Language> read_languages(const Node* node,
                                                   const std::vector<LanguageSupport>& offered,
                                                   Diagnostics& out);

}  // namespace judge
