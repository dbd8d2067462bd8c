#pragma once

namespace judge {

inline constexpr const char* kVersion =
    JUDGE_VERSION;  // from the build, as CMakeLists.txt names it

}  // namespace judge
