// The report as JSON, as report.schema.json describes it.
#pragma once

#include <string>

#include "sandbox/run/request.hpp"
#include "sandbox/run_report.hpp"

namespace sandbox_run {

enum class Outputs { apart, within };  // whether the program's outputs are fields of the report

// JSON itself keeps the control characters above U+007F and the ones that turn text around; `ascii`
// escapes whatever is not ASCII, for a terminal.
enum class Letters { utf8, ascii };

[[nodiscard]] std::string to_json(const sandbox::RunReport& report, const Request& request,
                                  Outputs outputs, Letters letters);

}  // namespace sandbox_run
