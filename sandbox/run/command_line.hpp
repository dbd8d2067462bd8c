// The command line: from the words of a shell to a Request, and the text of --help.
#pragma once

#include <string>
#include <vector>

#include "sandbox/base/result.hpp"
#include "sandbox/run/request.hpp"

namespace sandbox_run {

// `words` without our own name. Everything behind the first "--" is the command's, whatever it
// looks like. Error::Kind::invalid_input: what is wrong, and what to write.
[[nodiscard]] base::Result<Request> parse_command_line(const std::vector<std::string>& words);

[[nodiscard]] std::string help_text();

}  // namespace sandbox_run
