// The processes of a user, as far as programs of bare slots (Tier::d) are counted or killed with
// them.
#pragma once

#include <sys/types.h>

#include <cstdint>

#include "sandbox/base/result.hpp"

namespace sandbox {

// Error::Kind::system when the process tree cannot be read, on which ending and limiting stand.
base::Status check_processes_visible();

// Whether a process has this id, so that it cannot be handed out: what has it is killed with a run.
[[nodiscard]] bool has_processes(uid_t user);

// RLIMIT_NPROC for an ordinary user's program. The kernel counts all of the user's processes, so it
// can be no more than a backstop: what the user has now, the limit, and a reserve for whatever else
// the user starts meanwhile.
[[nodiscard]] std::uint64_t process_backstop(int processes);

}  // namespace sandbox
