// What of the host a program of a bare slot (Tier::d) may reach, for Landlock.
#pragma once

#include <string>
#include <vector>

#include "sandbox/bare/path_map.hpp"
#include "sandbox/base/result.hpp"
#include "sandbox/program.hpp"
#include "sandbox/wire/order.hpp"

namespace sandbox {

struct Reachable {
  std::string path;
  wire::Reach::Access access;
};
// The set-up error `open bind` for a source that does not exist.
base::Result<std::vector<Reachable>> reachable(const Program& program, const PathMap& paths);

}  // namespace sandbox
