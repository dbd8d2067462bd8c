// kill(2) with -1 ends everything that a process may signal: with one stroke, so that no fork slips
// through, and, made by the wrong process, everything on the host. This is the only place that
// makes that call.
#pragma once

#include <cstdint>

namespace sandbox::launcher {

// What keeps the calling process from reaching anything outside. Believed by nobody: see kill_all.
struct Bound {
  enum class Kind {
    pid_namespace,  // it is pid 1 of one
    signal_scope,   // Landlock's (version 6); `of` is the process that has entered it
    user,           // it has become the user `of`, an id of the high range, for good
  };
  Kind kind;
  std::uint32_t of = 0;
};

// Kills all but the caller, if the caller can prove at this very moment that the bound holds: false
// when it cannot, and nothing was done, or when there was nothing to kill. Of scope and user the
// proof is that the kernel refuses it (EPERM) to signal its parent and pid 1, who are outside.
bool kill_all(const Bound& bound);

}  // namespace sandbox::launcher
