// Which file of a folder is the entry, and with it which language it is written in. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judge/submission/submission.hpp"
#include "sandbox/base/result.hpp"

namespace judge {

struct Entry {
  std::string path;
  Language language;
};

// `asked`: the user's --language. `offered`: the problem's, to prefer when files of several
// languages lie there. Errors: without the submission's path in front; ambiguities list their
// candidates.
[[nodiscard]] base::Result<Entry> choose_entry(const std::vector<SourceFile>& files,
                                               std::optional<Language> asked,
                                               const std::vector<Language>& offered);

}  // namespace judge
