// find_command: which program a command means, and where it is inside.
//   ls            looked up in the PATH of inside; its folders are the host's own
//   /opt/x/tool   a path inside, when --read or --copy shows something there
//   ./a.out       a file of the host: at its place inside when that shows it, else bound to
//                 /box/a.out, this file alone and read-only
#pragma once

#include <optional>
#include <string>

#include "sandbox/program.hpp"
#include "sandbox/run/failure.hpp"
#include "sandbox/run/request.hpp"

namespace sandbox_run {

struct Command {
  std::string path;                            // absolute, inside
  std::optional<sandbox::ReadOnlyBind> shown;  // what has to be bound for it to be there
};

// Exit code kNotFound or kCannotExecute, and why.
[[nodiscard]] Outcome<Command> find_command(const Request& request);

}  // namespace sandbox_run
