// Programs ask the kernel's vDSO for the time without asking the kernel (vdso(7)). Under a virtual
// clock every program gets another one, between its execve and its first instruction.
#pragma once

#include <linux/types.h>
#include <sys/types.h>

#include "sandbox/base/result.hpp"

namespace sandbox::time {

// What the program's memory is to hold, as files: the clock's page with the code behind it, to be
// mapped read-only, and the run's own page.
struct VdsoFiles {
  int clock_and_code;
  int spin;
};

// An execve(2) that waits for an answer.
struct HeldExecve {
  int listener;
  __u64 notification;
  pid_t thread;
  pid_t process;  // that the thread belongs to
};

// Answers it, and follows it to the new program's first instruction. A program that could not be
// executed is left as it was. The Error says which step failed; the program must not go on then.
base::Status execute_with_vdso(const HeldExecve& held, const VdsoFiles& files);

}  // namespace sandbox::time
