// What a candidate gets to begin with: the statement with its criteria, a starter, and the examples
// that the author made public.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "judge/authoring/new_folder.hpp"
#include "judge/problem/problem.hpp"
#include "sandbox/base/result.hpp"

namespace judge {

// Writes README.md, the starters of `language` (nothing: of all) and examples/. Error:
// invalid_input when the problem is not offered in the language, or the folder holds something.
[[nodiscard]] base::Result<NewFolder> write_attempt(const Problem& problem,
                                                    std::optional<Language> language,
                                                    const std::filesystem::path& folder);

// The statement, followed by the criteria; Markdown.
[[nodiscard]] base::Result<std::string> statement_with_criteria(const Problem& problem);

}  // namespace judge
