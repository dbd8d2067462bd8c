// The calls of a program under a virtual clock that wait for the caller's answer: all that wait for
// a time or tell it, and those that make a process or a program. Everything else, also waiting
// without a time limit, stays between program and kernel.
#pragma once

#include <sys/types.h>

#include <optional>
#include <vector>

#include "sandbox/filter/filter.hpp"

struct seccomp_data;

namespace sandbox::time {

// For compile_filter(). Timers that the kernel keeps (timerfd_create(2), timer_create(2)) and time
// limits inside of sockets would run in real time; they are missing here, as on a kernel without
// them.
[[nodiscard]] const std::vector<SpecialCall>& special_calls();

// The part of it that mode `preload` needs: what would run in real time is missing. Nothing asks.
[[nodiscard]] const std::vector<SpecialCall>& missing_calls();

}  // namespace sandbox::time
