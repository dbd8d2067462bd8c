// Whether two runs of one case went the same way, unpredictable strings aside.
#pragma once

#include "harnesses/schedule/trace.hpp"

namespace harness {

[[nodiscard]] bool same_course(const Trace& left, const Trace& right);

}  // namespace harness
