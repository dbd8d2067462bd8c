// Confirming: makes a finding small and sure. It is run again in fresh processes before and after
// it is shrunk; one that needs earlier cases keeps those, and one that does not come again says so.
#pragma once

#include "harnesses/property/search.hpp"

namespace harness {

class Confirming {
 public:
  Confirming(const PropertySetting& setting, PropertyRunner& runner, PropertyOracle& oracle,
             int most_evaluations)
      : setting_{setting}, runner_{runner}, oracle_{oracle}, most_evaluations_{most_evaluations} {}

  // The finding's `replay` holds all that its process was given, its own case last.
  base::Status make_small(PropertyFinding& finding);

 private:
  base::Result<std::optional<Recording>> fails_again(PropertyFinding& finding,
                                                     const std::vector<ChoiceSequence>& sequences);
  base::Result<bool> fails_always(PropertyFinding& finding,
                                  const std::vector<ChoiceSequence>& sequences);
  base::Result<bool> adopt_if_failing(PropertyFinding& finding, Observed observed,
                                      const std::vector<ChoiceSequence>& sequences);
  base::Status shrink_case(PropertyFinding& finding);
  base::Status shrink_history(PropertyFinding& finding);

  const PropertySetting& setting_;
  PropertyRunner& runner_;
  PropertyOracle& oracle_;
  int most_evaluations_;
};

}  // namespace harness
