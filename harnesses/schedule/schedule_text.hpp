// What the judge did in a case, in one line that a person can read: the schedule.
#pragma once

#include <string>

#include "harnesses/schedule/trace.hpp"

namespace harness {

// One word an act; what was done in one turn of the event loop is joined by '&': "+2" input 2
// fulfils, "-0" input 0 fails, "x" the call is cancelled, "x3" the signal of call 3 is aborted,
// "acquire#3" call 3 is made, "@500" so many ms pass, "@" time passes until a timer fires. Inputs
// that are invocations carry their callback's name: "+load.2".
[[nodiscard]] std::string schedule_text(const Trace& trace);

}  // namespace harness
