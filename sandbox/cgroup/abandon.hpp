// For a process that is about to end while runs are under way.
#pragma once

#include "sandbox/cgroup/bases.hpp"

namespace sandbox::cgroup {

// Kills every process in the groups that this process made and removes the groups. Waits up to two
// seconds for the kernel to let go of them.
void abandon_own_groups(const Bases& bases);

}  // namespace sandbox::cgroup
