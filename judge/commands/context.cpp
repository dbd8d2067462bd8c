#include "judge/commands/context.hpp"

#include <iostream>

#include "judge/problem/diagnostic.hpp"
#include "judge/problem/find_problem.hpp"
#include "judge/problem/load_problem.hpp"

namespace judge {

ExitCode report_error(const CommandContext& context, const base::Error& error) {
  switch (error.kind()) {
    case base::Error::Kind::invalid_input:
      std::cerr << error.message() << "\n";
      return ExitCode::bad_request;
    case base::Error::Kind::cannot_isolate:
      std::cerr << error.message() << "\nRun '" << context.command
                << " doctor' for what this host can enforce and what to change.\n";
      return ExitCode::cannot_isolate;
    case base::Error::Kind::system:
    case base::Error::Kind::internal:
      context.log->error("judge failed error='{}'", error.message());
      return ExitCode::judge_failed;
  }
  return ExitCode::judge_failed;
}

base::Result<Problem> load_named_problem(const CommandContext& context, const std::string& name) {
  JUDGE_TRY(const ProblemFolder found, find_problem(context.problem_roots, name));
  auto problem = load_problem(found.folder);
  if (!problem) return base::fail(to_error(problem.error()));
  return std::move(*problem);
}

base::Result<std::optional<Language>> wanted_language(const std::string& name) {
  if (name.empty()) return std::optional<Language>{};
  if (const auto language = parse_language(name)) return std::optional<Language>{language};
  return base::invalid_input("--language: '" + name +
                             "' is not known; write javascript, typescript, python, cpp or c");
}

std::string shell_quoted(const std::string& text) {
  constexpr const char* kSafe =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,+@%";
  if (!text.empty() && text.find_first_not_of(kSafe) == std::string::npos) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return quoted + "'";
}

}  // namespace judge
