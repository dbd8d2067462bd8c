// What a host can enforce and what not, in words for people, with advice.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/base/error.hpp"
#include "sandbox/host.hpp"

namespace sandbox {

// Of a host that runs programs. `why_bare`: why it does so without namespaces; nothing: that was
// wished for, or it has them.
[[nodiscard]] std::vector<Finding> list_findings(const Host::State& state,
                                                 const std::optional<base::Error>& why_bare);
// Of a host that runs nothing.
[[nodiscard]] std::vector<Finding> list_missing(const base::Error& refusal);

// Of the best way to make time virtual that works, after those in `tried`.
[[nodiscard]] Finding find_clock(TimeMode mode, const std::map<TimeMode, base::Status>& tried);

// What usually stands in the way of namespaces, as far as the host tells.
[[nodiscard]] std::string namespace_advice();

// 0: the kernel has no Landlock.
[[nodiscard]] unsigned landlock_version();

}  // namespace sandbox
