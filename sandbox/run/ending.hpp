// Ending: what a shell is told about a run: one exit code and at most one line.
#pragma once

#include <string>

#include "sandbox/limits.hpp"
#include "sandbox/run_report.hpp"

namespace sandbox_run {

// The program's own code, 128 + its signal, or the code of the limit that ended it.
[[nodiscard]] int exit_code(const sandbox::RunReport& report);

// "ended by the CPU limit of 1 s"; empty when no limit and no forbidden call ended it.
[[nodiscard]] std::string ending_line(const sandbox::RunReport& report,
                                      const sandbox::Limits& limits);

// "cpu_limit", as reports say it.
[[nodiscard]] std::string_view name_of(sandbox::EndedBy ended_by);

// "SIGSEGV"; "SIGRTMIN+2"; "signal 99" for what has no name.
[[nodiscard]] std::string name_of_signal(int signal);

}  // namespace sandbox_run
