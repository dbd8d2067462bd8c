// What every case of a test has in common beside its plan.
#pragma once

#include <string>
#include <vector>

namespace harness {

struct CaseOptions {
  std::string function;  // the export to call, of a plan without operations
  std::vector<std::string> exports;
  bool inspect_at_end = false;  // ask for what only a look can tell: `listeners`, `closed`
  bool same_turn = true;        // two acts in one turn are among the choices
};

}  // namespace harness
