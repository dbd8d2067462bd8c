// launch: from a program's description to its first instruction. What it leaves running is handed
// over whole.
#pragma once

#include <sys/types.h>

#include <array>
#include <cstddef>

#include "sandbox/base/pidfd.hpp"
#include "sandbox/base/result.hpp"
#include "sandbox/base/unique_fd.hpp"
#include "sandbox/cgroup/group.hpp"
#include "sandbox/child/plan.hpp"
#include "sandbox/host_state.hpp"
#include "sandbox/limits.hpp"
#include "sandbox/program.hpp"

namespace sandbox {

struct Launched {
  Launched() = default;
  Launched(Launched&&) = default;
  Launched& operator=(Launched&&) = default;
  Launched(const Launched&) = delete;
  Launched& operator=(const Launched&) = delete;
  ~Launched();  // kills the tree and waits until it is gone, unless `init` has been reaped

  cgroup::Group group;  // before `init`: destroyed after it, when nothing is left inside
  base::Pidfd init;
  pid_t init_pid = -1;  // for /proc alone
  base::Pidfd payload;  // its parent init reaps it, never we
  base::UniqueFd lifeline;
  base::UniqueFd status;    // receives child::InitMessage
  base::UniqueFd listener;  // seccomp's; not open when forbidden calls are killed by the kernel
  base::UniqueFd input;     // not open when there is none
  base::UniqueFd output;
  base::UniqueFd error;
};

// A program without arguments is a rehearsal: everything is done but the execve, then it exits with
// 0.
base::Result<Launched> launch(const Host::State& host, const Program& program,
                              const Limits& limits);

// One message of at most `size` bytes and the descriptors that came with it. 0 bytes: hung up.
struct Received {
  std::size_t size = 0;
  std::array<base::UniqueFd, child::kMostAttached> attached;
};
base::Result<Received> receive(int socket, void* message, std::size_t size);

}  // namespace sandbox
