// Exploring: looks for a case that breaks a criterion, in the order in which bugs are cheapest to
// find, and makes what it finds small and repeatable. Order (README.md has the reasons): fixed
// heuristics, uniform random, then every schedule of small cases.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harnesses/schedule/driver.hpp"
#include "harnesses/schedule/oracle/oracle.hpp"

namespace harness {

// Counted in cases, never in time, so that a slow machine searches as much as a fast one.
struct SearchBudget {
  int heuristic_rounds = 4;  // of each fixed heuristic
  int random = 160;
  int exhaustive = 600;  // cases at most, over all sizes together
  int shrinking = 400;   // evaluations for each finding
};

struct Finding {
  std::string criterion;
  std::size_t predicate;  // index into the plan's
  std::size_t event;      // see PredicateFailure
  std::vector<std::pair<std::string, std::string>> values;
  Trace trace;
  // The failing case is the last; those before it ran earlier in the same process and are needed
  // for it to fail.
  std::vector<ChoiceSequence> replay;
  std::int64_t found_at;  // the how manieth case it was
  bool reproducible;      // failed again in a fresh process, three times of three
};

struct Exploration {
  std::vector<Finding> findings;  // at most one a criterion
  std::int64_t cases = 0;
  bool exhaustive = false;  // every schedule of every size the plan allows was run
  std::optional<std::uint64_t> exhaustive_up_to;  // largest size of which every schedule was run
  // What ended the search early.
  struct Interruption {
    std::variant<Driver::Crash, LoadFailed> what;
    std::vector<ChoiceSequence> replay;
  };
  std::optional<Interruption> interruption;
  sandbox::Usage usage;
};

// `oracle` has compiled `setting.plan`. The Error is ours, or the problem author's.
base::Result<Exploration> explore(const Driver::Setting& setting, Oracle& oracle,
                                  std::uint64_t seed, const SearchBudget& budget);

// Runs recorded cases in a fresh process; what the last one showed.
struct Replayed {
  Driver::Case last;
  std::vector<PredicateFailure> failures;  // empty when the last case did not end well
};
base::Result<Replayed> replay(const Driver::Setting& setting, Oracle& oracle,
                              const std::vector<ChoiceSequence>& sequences);

}  // namespace harness
