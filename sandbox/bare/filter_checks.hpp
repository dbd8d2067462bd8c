// The checks that stand in front of every filter of a bare slot (Tier::d): calls that are harmless
// in namespaces of one's own, but reach the host where there are none. Landlock does not see them.
#pragma once

#include "sandbox/filter/filter.hpp"

namespace sandbox {

// Who the program is, and what Landlock there is.
struct BareRules {
  bool shares_user = true;  // the program's id is that of its caller
  unsigned landlock = 0;    // version
};

// In front, so that what they refuse is refused whatever the policy and a clock make of the call.
void put_bare_checks_in_front(FilterCode& code, const BareRules& rules);

}  // namespace sandbox
