// prepare: from a request to what the sandbox takes. Reads what the program gets from the host.
#pragma once

#include "sandbox/program.hpp"
#include "sandbox/run/failure.hpp"
#include "sandbox/run/request.hpp"

namespace sandbox_run {

// May wait for standard input's end, so call it while a signal still simply ends us.
[[nodiscard]] Outcome<sandbox::Program> prepare(const Request& request);

}  // namespace sandbox_run
