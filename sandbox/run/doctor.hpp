// What --doctor prints: what this host can enforce, what each tier promises, and what to change.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "sandbox/host.hpp"
#include "sandbox/tier.hpp"

namespace sandbox_run {

// One line a finding, and its advice below.
[[nodiscard]] std::string findings_text(std::span<const sandbox::Finding> findings);

// Every tier with what it promises and needs; `reached` is marked.
[[nodiscard]] std::string tier_table(std::optional<sandbox::Tier> reached);

// Why `reached` is not `required`, and what to change: for --require-tier.
[[nodiscard]] std::string tier_missed(sandbox::Tier reached, sandbox::Tier required,
                                      std::span<const sandbox::Finding> findings);

}  // namespace sandbox_run
