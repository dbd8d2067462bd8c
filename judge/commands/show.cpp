#include <iostream>

#include "judge/authoring/start_attempt.hpp"
#include "judge/commands/commands.hpp"

namespace judge {

ExitCode run_show(const CommandContext& context, const std::string& name) {
  const auto problem = load_named_problem(context, name);
  if (!problem) return report_error(context, problem.error());
  const auto statement = statement_with_criteria(*problem);
  if (!statement) return report_error(context, statement.error());
  std::cout << *statement << "\n## To begin from\n\n";
  for (const LanguageSupport& support : problem->languages) {
    std::cout << "- " << to_string(support.language) << ": "
              << (problem->folder / support.starter).string() << "\n";
  }
  std::cout << "\nor: " << context.command << " start " << shell_quoted(name) << " FOLDER\n";
  return ExitCode::ok;
}

}  // namespace judge
