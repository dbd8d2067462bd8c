// Runs some suites of this test program once more, as somebody else or on a weaker host.
#pragma once

#include <string>

namespace sandbox::test {

struct Rerun {
  bool as_nobody = false;
  std::string tier{};  // JUDGE_TEST_TIER of the second run; empty: the best
};

// Fails the case that calls it when a case of the second run fails. "SKIPPED:" where that run is
// not possible.
void rerun(const std::string& suites, const Rerun& how);

}  // namespace sandbox::test
