// deliver: hands over what a run has left: artifacts, report, the program's outputs, one line.
#pragma once

#include <string_view>

#include "sandbox/base/unique_fd.hpp"
#include "sandbox/run/failure.hpp"
#include "sandbox/run/request.hpp"
#include "sandbox/run_report.hpp"

namespace sandbox_run {

// The file of --report, made empty; not open when no file is asked for. Before the run, so that a
// place that cannot be written is found before the work is done.
[[nodiscard]] Outcome<base::UniqueFd> open_report(const Request& request);

// A program's bytes reach a terminal only escaped; a pipe or file gets them as they are. Goes on
// after a failure, and returns the first.
[[nodiscard]] Outcome<void> deliver(const sandbox::RunReport& report, const Request& request,
                                    const base::UniqueFd& report_file);

// "sandbox-run: line" on standard error.
void say(std::string_view line);

}  // namespace sandbox_run
