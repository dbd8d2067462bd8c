// For messages about a word that nothing is called: what the writer may have meant.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sandbox {

// "; did you mean 'open'?" with the name at most two letters away, the first of the nearest; ""
// when there is none.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string> names);

}  // namespace sandbox
