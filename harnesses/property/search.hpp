// Searching: looks for cases that break a criterion, small ones first, and makes what it finds
// small and sure.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "harnesses/property/property_oracle.hpp"
#include "harnesses/property/runner.hpp"

namespace harness {

// Counted in cases, never in time, so that a slow machine searches as much as a fast one.
struct PropertyBudget {
  int cases = 1000;
  int enumerated = 500;  // of these at most, every case with short lists
  int shrinking = 600;   // evaluations for each finding
};

struct PropertyFinding {
  std::string criterion;
  std::size_t predicate;  // index into the plan's
  std::size_t call;       // of a comparison: the first that differs
  std::vector<std::pair<std::string, std::string>> values;  // see PredicateFailure
  Observed observed;
  // The failing case is the last; those before it ran earlier in the same process and are needed
  // for it to fail.
  std::vector<ChoiceSequence> replay;
  std::int64_t found_at;  // the how manieth case it was
  bool reproducible;      // failed again in a fresh process, three times of three
};

struct PropertySearch {
  std::vector<PropertyFinding> findings;  // at most one a criterion
  std::int64_t cases = 0;
  bool exhaustive = false;                        // every case that the plan can draw was run
  std::optional<std::uint64_t> exhaustive_up_to;  // lists of this length at most
  struct Interruption {                           // what ended the search early
    PropertyEnd what;
    std::vector<ChoiceSequence> replay;
  };
  std::optional<Interruption> interruption;
  sandbox::Usage usage;
};

// `oracle` has compiled `setting.plan`; criteria in `decided` are not looked at. The Error is ours,
// or the problem author's.
base::Result<PropertySearch> search_property(const PropertySetting& setting, PropertyOracle& oracle,
                                             std::uint64_t seed, const PropertyBudget& budget,
                                             const std::set<std::string>& decided = {});

// Runs recorded cases in a fresh process; what the last one showed.
struct PropertyReplay {
  std::optional<Observed> last;  // nothing: the program did not get to its end
  std::vector<PredicateFailure> failures;
};
base::Result<PropertyReplay> replay_property(const PropertySetting& setting, PropertyOracle& oracle,
                                             const std::vector<ChoiceSequence>& sequences);

}  // namespace harness
