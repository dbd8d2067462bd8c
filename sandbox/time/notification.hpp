// Answers to a call that waits at a seccomp listener, seccomp_unotify(2). False: nobody waits for
// it any more.
#pragma once

#include <linux/types.h>

namespace sandbox::time {

// A result, or -errno.
bool answer(int listener, __u64 notification, long result);
bool let_kernel_answer(int listener, __u64 notification);

}  // namespace sandbox::time
