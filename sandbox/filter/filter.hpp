// Filter: a policy as the kernel takes it, compiled once (100 us) and loaded by many runs (65 us).
#pragma once

#include <linux/filter.h>

#include <span>
#include <string>
#include <vector>

#include "sandbox/base/result.hpp"
#include "sandbox/program.hpp"

namespace sandbox {

// What the kernel does on a call that is `Answer::forbidden`.
enum class OnForbidden {
  ask_listener,  // the call waits, the caller reads its number from the listener and ends the run:
                 // it can be named
  kill,          // the kernel ends the process with SIGSYS: works without a listener, tells no name
};

using FilterCode = std::vector<sock_filter>;

// What happens on a call where the policy allows it: instructions that end in an answer, in place
// of SECCOMP_RET_ALLOW. What the policy does not allow stays so.
struct SpecialCall {
  int number;
  FilterCode where_allowed;
};

// A binary search over the numbers of system calls. The error is policy_for's.
base::Result<FilterCode> compile_filter(Profile profile, OnForbidden on_forbidden,
                                        std::span<const SpecialCall> special = {});

// "mount"; "system call 999" when libseccomp does not know it.
[[nodiscard]] std::string name_of_syscall(int number);
// Of a call as seccomp reports it, `arch` as AUDIT_ARCH_* has it: "foreign entry" for i386 and x32.
[[nodiscard]] std::string name_of_call(std::uint32_t arch, int number);

}  // namespace sandbox
