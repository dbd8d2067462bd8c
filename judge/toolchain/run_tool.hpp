// Asking a program of the host for its version. Not sandboxed: these are the machine's own tools,
// chosen by its PATH.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace judge {

// What it printed (at most 4 KiB) when it exited with 0; nothing otherwise. argv[0] is a path.
[[nodiscard]] std::optional<std::string> run_tool(const std::vector<std::string>& arguments);

}  // namespace judge
