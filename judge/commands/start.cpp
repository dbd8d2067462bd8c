#include <iostream>

#include "judge/authoring/start_attempt.hpp"
#include "judge/commands/commands.hpp"

namespace judge {
namespace {

base::Result<ExitCode> start(const CommandContext& context, const StartRequest& request) {
  JUDGE_TRY(const Problem problem, load_named_problem(context, request.problem));
  JUDGE_TRY(const auto language, wanted_language(request.language));
  JUDGE_TRY(const NewFolder folder, write_attempt(problem, language, request.folder));
  std::string starter;
  for (const std::string& name : folder.written()) {
    std::cout << (folder.path() / name).string() << "\n";
    if (starter.empty() && language_of_file(name)) starter = (folder.path() / name).string();
  }
  std::cout << "\nRead README.md, write your solution, then:\n  " << context.command << " grade "
            << shell_quoted(request.problem) << " " << shell_quoted(starter) << "\n";
  return ExitCode::ok;
}

}  // namespace

ExitCode run_start(const CommandContext& context, const StartRequest& request) {
  const auto code = start(context, request);
  return code ? *code : report_error(context, code.error());
}

}  // namespace judge
