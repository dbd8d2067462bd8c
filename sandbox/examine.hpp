// examine: tries what this host offers, best first, by rehearsing a whole launch with nothing at
// its end.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "sandbox/base/error.hpp"
#include "sandbox/host.hpp"
#include "sandbox/limits.hpp"

namespace sandbox {

struct Examination {
  std::unique_ptr<Host::State> state;  // null: no isolation here
  std::optional<base::Error> refusal;  // then: why
  std::vector<Finding> findings;       // then: what was found all the same
};

// Of whatever is tried here: a small program, on a very busy host too.
[[nodiscard]] Limits trial_limits();

Examination examine(const ProbeOptions& options);

}  // namespace sandbox
