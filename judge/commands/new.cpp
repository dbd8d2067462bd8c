#include <iostream>

#include "judge/authoring/new_problem.hpp"
#include "judge/commands/commands.hpp"

namespace judge {

ExitCode run_new(const CommandContext& context, const NewRequest& request) {
  const auto folder = write_new_problem(request.root, request.id);
  if (!folder) return report_error(context, folder.error());
  for (const std::string& name : folder->written()) {
    std::cout << (folder->path() / name).string() << "\n";
  }
  std::cout << "\nA small problem that works. Make it yours, and after each change:\n  "
            << context.command << " check " << shell_quoted(folder->path().string()) << "\n";
  return ExitCode::ok;
}

}  // namespace judge
