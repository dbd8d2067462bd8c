// Ending all that is below a process where no pid namespace does it, and no death of a pid 1.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <span>

#include "sandbox/launcher/use.hpp"

namespace sandbox::launcher {

// How a process can end everything below itself with one stroke. Where neither is to be had, or
// kill_all does not believe it, the tree is walked.
struct Reaper {
  pid_t scoped = 0;        // the process that has entered a signal scope; 0: nobody has
  std::uint32_t user = 0;  // as root, the id that the programs alone have; 0: none
};

// Orphans from below come to this process, and its memory is closed to others. -errno or 0.
long become_reaper();

// From here on this process can signal only what is below it: Landlock from version 6 on. Tried out
// before and after, or another reason for the refusal could be taken for the scope. The own pid; 0
// where there is no scope.
pid_t enter_signal_scope(unsigned landlock);

// One stroke at everything below this process, but for children in `spared` and what is below them.
void strike_below(const Reaper& reaper, std::span<const pid_t> spared = {});
[[nodiscard]] bool has_children_besides(std::span<const pid_t> known);

// Until nothing is left below, or for two seconds nothing more has ended: false then.
bool end_all_below(const Reaper& reaper, Use& use);

}  // namespace sandbox::launcher
