// Tier: how strongly this host lets us isolate and limit programs. Found out by doing (Host), named
// in every report. What each promises stands in README.md.
//   A  user namespaces, control groups of version 2
//   B  user namespaces, control groups of version 1, or some of each
//   C  user namespaces; memory and processes by rlimits and sampling
//   D  no namespaces: Landlock, seccomp and rlimits
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace sandbox {

enum class Tier { a, b, c, d };  // stronger first
inline constexpr std::array kTiers{Tier::a, Tier::b, Tier::c, Tier::d};

// "A"
[[nodiscard]] std::string_view name_of(Tier tier);
// "user namespaces, control groups of version 2"
[[nodiscard]] std::string_view describe(Tier tier);
// What is kept on a host of this tier, and what makes a host one.
[[nodiscard]] std::string_view promises_of(Tier tier);
[[nodiscard]] std::string_view needs_of(Tier tier);
// From "A" or "a".
[[nodiscard]] std::optional<Tier> parse_tier(std::string_view name);

}  // namespace sandbox
