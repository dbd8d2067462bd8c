// TimeMode: what moves the time that programs under a clock see. Found out by doing (Host), named
// in every report.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace sandbox {

enum class TimeMode {
  notified,   // "virtual": the kernel asks the caller whenever a program waits (time/README.md)
  preloaded,  // "preload": a library inside the program tells the caller
  real,       // "real": nothing does
};            // better first
inline constexpr std::array kTimeModes{TimeMode::notified, TimeMode::preloaded, TimeMode::real};

// "virtual"
[[nodiscard]] std::string_view name_of(TimeMode mode);
[[nodiscard]] std::optional<TimeMode> parse_time_mode(std::string_view name);

}  // namespace sandbox
