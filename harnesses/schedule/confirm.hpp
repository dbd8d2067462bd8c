// Confirming: a finding is run again in a fresh process, made small, and run again. What does not
// fail every time is kept as it was found, with what it showed instead; it is never tried until it
// passes, nor until it fails.
#pragma once

#include <optional>
#include <vector>

#include "harnesses/engine/shrink.hpp"
#include "harnesses/schedule/driver.hpp"
#include "harnesses/schedule/finding.hpp"
#include "harnesses/schedule/oracle/oracle.hpp"

namespace harness {

class Confirmation {
 public:
  // Of findings of test number `test`, whose plan `oracle` has compiled.
  Confirmation(Driver& driver, std::size_t test, Oracle& oracle, int most_evaluations)
      : driver_{driver}, test_{test}, oracle_{oracle}, most_evaluations_{most_evaluations} {}

  base::Status make_small(Finding& finding);

 private:
  struct Again {
    Recording drawn;
    std::optional<Trace> trace;  // nothing: it did not get to the end
    bool fails;
  };

  // Runs the cases in a fresh process; what the last of them showed. When it fails the finding
  // becomes that.
  base::Result<Again> run_afresh(Finding& finding, const std::vector<PastCase>& cases);
  // Runs one case more in the present process.
  base::Result<Again> run_on(Finding& finding, ChoiceSource& source);
  base::Result<bool> adopt_if_failing(Finding& finding, Trace& trace);

  // As run_afresh, until it does not fail or three times.
  struct Thrice {
    Recording drawn;  // when it last failed
    int failed;       // how often
  };
  base::Result<Thrice> run_thrice(Finding& finding, const std::vector<PastCase>& cases);
  base::Status shrink_case(Finding& finding, Recording failing);
  // Whether it still fails after the cases before it.
  base::Result<bool> shrink_history(Finding& finding);

  Driver& driver_;
  std::size_t test_;
  Oracle& oracle_;
  int most_evaluations_;
};

}  // namespace harness
