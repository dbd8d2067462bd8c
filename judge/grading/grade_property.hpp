// Grading one property test: how it is set up for a language, run and replayed.
#pragma once

#include <cstdint>
#include <string>

#include "harnesses/property/search.hpp"
#include "harnesses/schedule/driver.hpp"
#include "judge/problem/problem.hpp"

namespace judge {

// What a property test needs of the grading around it; all of it outlives the test.
struct PropertySurroundings {
  const sandbox::Host& host;
  const harness::ActorPlan& actor;
  const harness::ActorPlan* reference;  // nullptr: the test compares with nothing
  harness::CrashRules rules;
  std::string language;
};

// Cases of each property test of a problem with so many tests: what counts is how long a grading
// takes.
[[nodiscard]] int property_cases(const PropertyTest& plan, std::size_t tests);

[[nodiscard]] harness::PropertySetting property_setting(const PropertySurroundings& around,
                                                        const PropertyTest& plan,
                                                        const harness::CompiledProperty& compiled);

struct PropertyReplayOutcome {
  bool fails_again;
  std::string summary;
};
base::Result<PropertyReplayOutcome> replay_property(const harness::PropertySetting& setting,
                                                    harness::PropertyOracle& oracle,
                                                    const std::string& criterion,
                                                    const std::string& replay_string);

}  // namespace judge
