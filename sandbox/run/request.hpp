// Request: what the command line asks for. Plain data, read once, changed by nobody.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sandbox/limits.hpp"
#include "sandbox/program.hpp"
#include "sandbox/tier.hpp"
#include "sandbox/time_mode.hpp"

namespace sandbox_run {

// A host file whose content is put inside as a file of its own.
struct Copy {
  std::string source;  // as it was written
  std::string target;  // absolute, inside
};

// A file that the program leaves behind, and where it goes.
struct Kept {
  std::string path;  // absolute, inside
  std::string file;  // on the host, as it was written
};

struct Request {
  enum class Action { run, help, version, doctor };
  Action action = Action::run;

  sandbox::Limits limits{};
  sandbox::Profile profile = sandbox::Profile::compile;
  sandbox::Tier best = sandbox::Tier::a;
  std::optional<sandbox::Tier> required;

  std::vector<std::string> command;  // [0] as it was written
  std::vector<sandbox::ReadOnlyBind> reads;
  std::vector<Copy> copies;
  sandbox::TimeMode time = sandbox::TimeMode::real;
  std::vector<std::string> environment;  // NAME=VALUE, complete, each name once
  std::optional<std::string> input;      // a file, or "-" for our standard input
  std::vector<Kept> artifacts;

  std::optional<std::string> report;  // a file, or "-" for our standard output
  bool quiet = false;
};

}  // namespace sandbox_run
