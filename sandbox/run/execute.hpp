// execute: one run on this host, from finding out what the host can enforce to the facts.
#pragma once

#include <optional>

#include "sandbox/host.hpp"
#include "sandbox/program.hpp"
#include "sandbox/run/failure.hpp"
#include "sandbox/run/interrupt.hpp"
#include "sandbox/run/request.hpp"
#include "sandbox/run_report.hpp"

namespace sandbox_run {

struct Ended {
  std::optional<sandbox::RunReport> report;  // nothing: a signal came before the program ran
  std::optional<int> signal;                 // that came to us and ended the run
};

// Whatever comes back, nothing of the run is left.
[[nodiscard]] Outcome<Ended> execute(const Request& request, const sandbox::Program& program);

// Whether `host` is as strong as the request wants, and used as weakly as it asks.
[[nodiscard]] Outcome<void> check_tier(const sandbox::Host& host, const Request& request);

}  // namespace sandbox_run
