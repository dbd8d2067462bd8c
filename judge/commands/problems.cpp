#include <algorithm>
#include <iostream>

#include "judge/commands/commands.hpp"
#include "judge/problem/diagnostic.hpp"
#include "judge/problem/find_problem.hpp"
#include "judge/problem/load_problem.hpp"

namespace judge {

ExitCode run_problems(const CommandContext& context) {
  const std::vector<ProblemFolder> folders = find_problems(context.problem_roots);
  if (folders.empty()) {
    std::cerr << "no problems found; use --problems DIR or set JUDGE_PROBLEMS\n";
    return ExitCode::bad_request;
  }
  std::size_t width = 0;
  for (const ProblemFolder& each : folders) width = std::max(width, each.id.size());
  ExitCode code = ExitCode::ok;
  for (const ProblemFolder& each : folders) {
    const auto problem = load_problem(each.folder);
    if (!problem) {
      std::cerr << to_error(problem.error()).message() << "\n";
      code = ExitCode::bad_request;
      continue;
    }
    std::string languages;
    for (const LanguageSupport& support : problem->languages) {
      languages += (languages.empty() ? "" : ", ") + to_string(support.language);
    }
    std::cout << each.id << std::string(width - each.id.size() + 2, ' ') << problem->title << " ("
              << problem->level << ", " << problem->minutes << " min; " << languages << ")\n";
  }
  return code;
}

}  // namespace judge
