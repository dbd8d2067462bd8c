// Bounds what a program hands over in one case. Values are kept until the case has been judged, and
// the oracle gets those of several cases in one request.
#pragma once

#include "harnesses/actor/actor.hpp"
#include "harnesses/schedule/trace.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

// Counts what `answer` brings (Trace::weight), and puts "too large to be judged" in the place of
// large values once there have been many: what a test leaves open may be as large as it likes.
// Small ones are kept, as these are what tests look at. The Error is the program's, which floods.
base::Status bound_values(Answer& answer, Trace& trace);

}  // namespace harness
