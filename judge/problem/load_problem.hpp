// Loading a problem's folder: problem.yaml, checked against itself and the files it names.
// Errors: everything that is wrong, at once, sorted by position; see Diagnostic.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "judge/problem/diagnostic.hpp"
#include "judge/problem/problem.hpp"
#include "sandbox/base/unique_fd.hpp"

namespace judge {

using LoadedProblem = tl::expected<Problem, std::vector<Diagnostic>>;

// `folder` as the user named it; positions name `folder`/problem.yaml.
[[nodiscard]] LoadedProblem load_problem(const std::filesystem::path& folder);

// The same from text already read; files are looked for below `folder_fd`. For tests and fuzzing.
[[nodiscard]] LoadedProblem read_problem(std::string_view yaml, const std::filesystem::path& folder,
                                         base::UniqueFd folder_fd);

}  // namespace judge
