// What people read of a step that failed; the steps themselves stand in wire/setup_step.hpp.
#pragma once

#include <string_view>

#include "sandbox/base/error.hpp"
#include "sandbox/wire/setup_step.hpp"

namespace sandbox {

// "pivot_root", "write file"; "unknown step" for a number that is none.
[[nodiscard]] std::string_view name_of(SetupStep step);

// `sandbox: bind: '/opt/x': No such file or directory (ENOENT); what to do`. `object` may be empty.
[[nodiscard]] base::Error setup_error(SetupStep step, int code, std::string_view object);

}  // namespace sandbox
