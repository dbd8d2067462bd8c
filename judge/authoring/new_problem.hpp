// A problem to begin from: small, complete, its shipped solutions graded as they declare.
#pragma once

#include <filesystem>
#include <string>

#include "judge/authoring/new_folder.hpp"
#include "sandbox/base/result.hpp"

namespace judge {

// Writes <root>/<id>/. Error: invalid_input when `id` is none, or the folder holds something.
[[nodiscard]] base::Result<NewFolder> write_new_problem(const std::filesystem::path& root,
                                                        const std::string& id);

}  // namespace judge
