// What every command needs: where problems are, how to speak, and the exit codes.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <spdlog/logger.h>

#include "judge/problem/problem.hpp"
#include "sandbox/base/result.hpp"
#include "sandbox/tier.hpp"
#include "sandbox/time_mode.hpp"

namespace judge {

// Exit codes of every command; README.md documents them.
enum class ExitCode : int {
  ok = 0,              // accepted, or done
  not_accepted = 1,    // graded, not accepted; or a check that found something
  bad_request = 2,     // usage, unknown problem, unreadable submission, invalid YAML
  judge_failed = 3,    // our own failure
  cannot_isolate = 4,  // this host offers no isolation
};

struct CommandContext {
  std::vector<std::filesystem::path> problem_roots;
  std::shared_ptr<spdlog::logger> log;    // to standard error
  std::string command;                    // how the user calls us, for commands that we suggest
  sandbox::Tier best = sandbox::Tier::a;  // no mechanism of a better tier is used
  sandbox::TimeMode best_time = sandbox::TimeMode::notified;  // nor a better one for time
};

// Tells the person what went wrong, and chooses the exit code by whose fault it is.
ExitCode report_error(const CommandContext& context, const base::Error& error);

// By id or path; every diagnostic at once when its problem.yaml is wrong.
base::Result<Problem> load_named_problem(const CommandContext& context, const std::string& name);

// What --language says; nothing when it says nothing.
base::Result<std::optional<Language>> wanted_language(const std::string& name);

// `text` in single quotes when a shell would need them.
[[nodiscard]] std::string shell_quoted(const std::string& text);

}  // namespace judge
