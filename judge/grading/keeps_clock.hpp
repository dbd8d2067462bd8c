// Whether what was built lives on a virtual clock, where that is up to the program: in mode
// `preload` one that is linked statically does not. Found out by starting it once.
#pragma once

#include "judge/toolchain/build.hpp"
#include "sandbox/base/result.hpp"
#include "sandbox/host.hpp"

namespace judge {

base::Result<bool> keeps_clock(const sandbox::Host& host, const Built& built);

}  // namespace judge
