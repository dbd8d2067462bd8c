// Exploring: looks for a case that breaks a criterion, in the order in which bugs are cheapest to
// find (README.md has the reasons), and makes what it finds small and repeatable (confirm.hpp).
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "harnesses/schedule/driver.hpp"
#include "harnesses/schedule/finding.hpp"
#include "harnesses/schedule/oracle/oracle.hpp"

namespace harness {

// Counted in cases, so that a slow machine searches as much as a fast one. CPU time only ends what
// would take for ever.
struct SearchBudget {
  int heuristic_rounds = 4;  // of each fixed heuristic
  int random = 160;
  int deviating = 60;                     // few deviations from oldest first; of one call
  int exhaustive = 600;                   // cases at most, over all sizes together
  int prioritised = 100;                  // where not every schedule was run; of one call
  int shrinking = 400;                    // evaluations for each finding
  int most_cases_scale = 1;               // how often what the plan says is enough may be run
  std::chrono::milliseconds cpu{60'000};  // of the program, for one test
};

struct Exploration {
  std::vector<Finding> findings;               // at most one a criterion
  std::map<std::string, std::string> unknown;  // criteria of which a case could not be judged: why
  std::int64_t cases = 0;
  bool exhaustive = false;  // every schedule of every size the plan allows was run
  std::optional<std::uint64_t> exhaustive_up_to;  // largest size of which every schedule was run
  // How likely it is at most that an order of `depth` events was missed that breaks something.
  struct MissBound {
    unsigned depth;
    double probability;
  };
  std::optional<MissBound> miss_bound;
  bool out_of_cpu = false;  // the search was cut short
  // Went another way when it was repeated at once; to be examined (determinism.hpp).
  std::optional<ChoiceSequence> suspect;
  // What ended the search early.
  struct Interruption {
    std::variant<Driver::Crash, LoadFailed> what;
    std::vector<PastCase> replay;
  };
  std::optional<Interruption> interruption;
};

// Searches test number `test` of the driver. `oracle` has compiled its plan; nobody looks any more
// for what breaks the criteria `decided`. The Error is ours, or the problem author's.
base::Result<Exploration> explore(Driver& driver, std::size_t test, Oracle& oracle,
                                  std::uint64_t seed, const SearchBudget& budget,
                                  const std::set<std::string>& decided);

// Runs recorded cases in a fresh process; what the last one, of test number `test`, showed.
struct Replayed {
  Driver::Case last;
  std::vector<PredicateFailure> failures;  // empty when the last case did not end well
};
base::Result<Replayed> replay(Driver& driver, Oracle& oracle, const std::vector<PastCase>& cases);

}  // namespace harness
