// Where bare slots (Tier::d) keep the files of their runs.
#pragma once

#include <string>
#include <vector>

namespace sandbox {

// Folders in which slots could make theirs, best first: $TMPDIR, /tmp and others, those that can be
// written and executed from.
[[nodiscard]] std::vector<std::string> bare_folders();

// "<base>/judge-slot-<random>": nobody can have made it before us.
[[nodiscard]] std::string bare_slot_folder(const std::string& base);

// Removes what slots of callers that were killed have left in `base`.
void sweep_stale_folders(const std::string& base);

}  // namespace sandbox
