// Scenario: one program with limits, and what its report must say when nobody disturbs the run.
#pragma once

#include <functional>
#include <random>
#include <string>

#include "sandbox/limits.hpp"
#include "sandbox/process.hpp"
#include "sandbox/program.hpp"
#include "sandbox/run_report.hpp"

namespace sandbox::test {

using Random = std::mt19937_64;

struct Scenario {
  std::string name;
  Program program;
  Limits limits;
  // What is wrong with the report; empty: nothing.
  std::function<std::string(const RunReport&)> fault;
};

// `tier` says how memory is limited; the programs of tests/probes lie in `probes`.
[[nodiscard]] Scenario any_scenario(Random& random, Tier tier, const std::string& probes);

// /bin/true.
[[nodiscard]] Scenario plain_scenario();

// Of a run that may have been killed in the middle: it ended as it had to, or it was killed, and
// nothing was invented.
[[nodiscard]] std::string fault_when_disturbed(const Scenario& scenario, const RunReport& report);

[[nodiscard]] int between(Random& random, int lowest, int highest);

}  // namespace sandbox::test
