// Strict, bounded parsing of one JSON text that a hostile program printed.
// Why not nlohmann::json alone: it keeps the last of two equal keys, and copying or dumping very
// deep values overflows the stack; here both are refused while parsing.
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

#include "sandbox/base/result.hpp"

namespace harness {

inline constexpr int kDeepestJson = 64;

// The Error says what is wrong, without a position in front.
[[nodiscard]] base::Result<nlohmann::json> parse_json(std::string_view text);

}  // namespace harness
