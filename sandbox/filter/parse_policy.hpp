// Reads a policy file and all that it includes; README.md has the grammar.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "sandbox/base/embed/embedded_text.hpp"
#include "sandbox/base/result.hpp"
#include "sandbox/filter/policy.hpp"

namespace sandbox {

// The rules of `name`.policy among `files`. Error::Kind::invalid_input, with file and line:
// `c.policy:12: 'opne': no system call of this name; did you mean 'open'?`
[[nodiscard]] base::Result<std::vector<Rule>> parse_policy(
    std::string_view name, std::span<const base::EmbeddedText> files);

}  // namespace sandbox
