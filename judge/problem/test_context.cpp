#include "judge/problem/test_context.hpp"

#include <algorithm>

#include "judge/problem/spelling.hpp"
#include "sandbox/base/escape.hpp"

namespace judge {

void note_criterion(const Node& at, const std::string& id, const std::vector<Language>& languages,
                    ProblemContext& problem) {
  if (!problem.criteria_known) return;
  const auto is_named = [&](const Criterion& criterion) { return criterion.id == id; };
  const auto found = std::ranges::find_if(problem.criteria, is_named);
  // In `check: {bounded: ...}` the key names the criterion, in `check: [bounded]` the item.
  const Mark where = at.entry();
  if (found == problem.criteria.end()) {
    std::vector<std::string> ids;
    for (const Criterion& criterion : problem.criteria) ids.push_back(criterion.id);
    problem.out.add(where, at.path(),
                    base::quoted(id, 60) + " is no criterion of this problem; " + suggest(id, ids));
    if (const std::string* meant = nearest(id, ids)) {
      // Mistyped, not forgotten: one complaint is enough.
      for (const Language language : languages) problem.checked.emplace(*meant, language);
    }
    return;
  }
  bool counts = false;
  for (const Language language : languages) {
    if (std::ranges::find(found->languages, language) == found->languages.end()) continue;
    problem.checked.emplace(id, language);
    counts = true;
  }
  if (counts || languages.empty() || found->languages.empty()) return;
  problem.out.add(where, at.path(),
                  base::quoted(id, 60) + " is claimed for " +
                      all_of(names_of_languages(found->languages)) + ", this test runs " +
                      all_of(names_of_languages(languages)) + "; give both a language in common");
}

std::vector<std::string> names_of_languages(const std::vector<Language>& languages) {
  std::vector<std::string> names;
  names.reserve(languages.size());
  for (const Language language : languages) names.push_back(to_string(language));
  return names;
}

}  // namespace judge
