// Reading a submission: one file, or a folder with an entry. README.md has the rules.
// Errors: Error::Kind::invalid_input with `path: what was found; what to do`, for whatever the
// sender can mend.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "judge/problem/problem.hpp"
#include "judge/submission/submission.hpp"
#include "sandbox/base/result.hpp"

namespace judge {

// `language`: as the user asked for; else the file names tell.
[[nodiscard]] base::Result<Submission> load_submission(const std::filesystem::path& path,
                                                       std::optional<Language> language,
                                                       const Problem& problem);

// What a file of this name and text would be.
[[nodiscard]] Submission single_file(Language language, std::string name, std::string text);

}  // namespace judge
