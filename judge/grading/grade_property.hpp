// Grading one property test: how it is set up for a language, run and replayed.
#pragma once

#include <cstdint>
#include <string>

#include "harnesses/property/search.hpp"
#include "harnesses/schedule/driver.hpp"
#include "harnesses/schedule/oracle/oracle.hpp"
#include "judge/grading/grade.hpp"
#include "judge/grading/scorecard.hpp"
#include "judge/problem/problem.hpp"

namespace judge {

// What a property test needs of the grading around it; all of it outlives the test.
struct PropertySurroundings {
  const sandbox::Host& host;
  const harness::ActorPlan& actor;
  const harness::ActorPlan* reference;  // nullptr: the test compares with nothing
  harness::Oracle& oracle;              // of no use any more after an error
  harness::CrashRules rules;
  std::string language;
};

// Searches the test, unless all that it checks has failed already.
base::Status grade_property(const PropertySurroundings& around, const Test& test,
                            const PropertyTest& plan, std::uint64_t seed,
                            const harness::PropertyBudget& budget, Scorecard& scorecard);

base::Result<Grader::ReplayOutcome> replay_property(const PropertySurroundings& around,
                                                    const PropertyTest& plan,
                                                    const std::string& criterion,
                                                    const std::string& replay_string);

}  // namespace judge
