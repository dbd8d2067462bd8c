// Holds the facts of a run against what a row expects.
#pragma once

#include <string>

#include "tests/sandbox/containment/row.hpp"

namespace sandbox::test {

class Complaints {
 public:
  void add(const std::string& complaint) { text_ += (text_.empty() ? "" : "; ") + complaint; }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

void check_report(const RunReport& report, const Expected& expected, const Limits& limits,
                  Tier tier, Complaints& complaints);

// A secret of the host may be in nothing that came out.
void check_secret(const RunReport& report, const std::string& secret, Complaints& complaints);

// In one line, escaped.
[[nodiscard]] std::string summary(const RunReport& report);

[[nodiscard]] std::string_view name_of(EndedBy reason);

}  // namespace sandbox::test
