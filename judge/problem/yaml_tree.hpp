// Reads YAML into a Node that keeps what checks need: where each key and value stands, and whether
// it was quoted.
// Why not YAML::Node: yaml-cpp 0.7 keeps both of two equal keys without a word, expands aliases
// without a bound, counts positions in bytes from 0 and takes a 0x04 byte for the end of the file.
// Here keys are unique; tags and further documents are refused; depth and the number of values are
// bounded, aliases written out (they keep the positions of what they name).
#pragma once

#include <memory>
#include <string_view>

#include "judge/problem/node.hpp"

namespace judge {

// The root, a map; nullptr when the text is no YAML that we accept. Every refusal stands in `out`.
[[nodiscard]] std::unique_ptr<Node> parse_yaml(std::string_view text, Diagnostics& out);

}  // namespace judge
