// Literal values in problem.yaml: plain scalars by the YAML 1.2 core schema (null, true, integers,
// floats, .nan, .inf), quoted ones strings. So `no`, `on` and `1_000` are strings, as in every
// current YAML.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "harnesses/protocol/value.hpp"
#include "judge/problem/node.hpp"

namespace judge {

// What a scalar (or nothing) stands for.
struct TooLarge {};  // an integer outside 64 bits
using Scalar = std::variant<harness::Null, bool, std::int64_t, double, std::string, TooLarge>;
[[nodiscard]] Scalar scalar_of(const Node& node);

// The value that `node` writes out, lists and objects included. What cannot be a value is reported.
[[nodiscard]] std::optional<harness::Value> read_literal(const Node& node, Diagnostics& out);

}  // namespace judge
