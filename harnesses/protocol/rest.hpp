// REST: a program that is at rest, and what time could bring it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "harnesses/protocol/value.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

struct Rest {
  bool timers = false;  // that the present case started
  bool older = false;   // others
  bool busy = false;    // turns without end
  std::int64_t ticks = 0;
  // In how long the next timer is due, as the program says; nothing without one, and in a script.
  std::optional<std::chrono::nanoseconds> due;   // of this case, if it has any
  std::optional<std::chrono::nanoseconds> next;  // of whatever case
  bool alone = false;  // nothing but its main thread can be at work; false in a script

  [[nodiscard]] bool has_timers() const { return timers || older; }
  // Time may bring something: it waits for it, or may be looking at the clock.
  [[nodiscard]] bool may_go_on() const { return has_timers() || busy; }
};

// The Error is the program's.
[[nodiscard]] base::Result<Rest> read_rest(const Value& payload);

}  // namespace harness
