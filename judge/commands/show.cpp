#include <fstream>
#include <iostream>

#include "judge/commands/commands.hpp"

namespace judge {

ExitCode run_show(const CommandContext& context, const std::string& name) {
  const auto problem = load_named_problem(context, name);
  if (!problem) return report_error(context, problem.error());
  std::ifstream statement{problem->statement, std::ios::binary};
  std::cout << statement.rdbuf() << "\n## Criteria\n\n";
  for (const Criterion& criterion : problem->criteria) {
    std::cout << "- " << criterion.id << " (" << criterion.weight
              << (criterion.required ? "" : ", bonus") << "): " << criterion.text << "\n";
  }
  std::cout << "\n## To begin from\n\n";
  for (const LanguageSupport& support : problem->languages) {
    std::cout << "- " << to_string(support.language) << ": "
              << (problem->folder / support.starter).string() << "\n";
  }
  return statement ? ExitCode::ok
                   : report_error(context, base::system_error(problem->statement.string(), EIO));
}

}  // namespace judge
