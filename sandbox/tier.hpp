// Tier: how strongly this host lets us isolate and limit programs. Found out by doing (Host), named
// in every report. What each promises stands in README.md.
//   A  user namespaces, control groups of version 2
//   B  user namespaces, control groups of version 1, or some of each
//   C  user namespaces; memory and processes by rlimits and sampling
//   D  no namespaces: Landlock, seccomp and rlimits
#pragma once

#include <optional>
#include <string_view>

namespace sandbox {

enum class Tier { a, b, c, d };  // stronger first

// "A"
[[nodiscard]] std::string_view name_of(Tier tier);
// "user namespaces, control groups of version 2"
[[nodiscard]] std::string_view describe(Tier tier);
// From "A" or "a".
[[nodiscard]] std::optional<Tier> parse_tier(std::string_view name);

}  // namespace sandbox
