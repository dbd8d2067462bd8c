// ScheduleSuite: the schedule tests of one grading, on processes that they share.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harnesses/engine/replay_string.hpp"
#include "harnesses/schedule/driver.hpp"
#include "harnesses/schedule/finding.hpp"

namespace judge {

class ScheduleSuite {
 public:
  struct Member {
    std::string name;
    harness::Driver::Test test;
  };
  ScheduleSuite(harness::Driver::Setting setting, const std::vector<Member>& members);

  [[nodiscard]] harness::Driver& driver() { return driver_; }
  // Of the test of this name; nothing when there is none.
  [[nodiscard]] std::optional<std::size_t> place(const std::string& name) const;

  // A case of that test that went another way when it was repeated at once.
  void suspect(std::size_t test, harness::ChoiceSequence choices) {
    suspects_.push_back({.test = test, .choices = std::move(choices)});
  }
  // The tests whose suspects go other ways in fresh processes, too. What runs next meets a process
  // that has run those.
  base::Result<std::vector<std::string>> find_nondeterministic();

  // Recorded cases as text, and back, seen from test number `test`.
  [[nodiscard]] std::string to_text(const std::vector<harness::PastCase>& cases,
                                    std::size_t test) const;
  // Nothing when the text makes no sense here.
  [[nodiscard]] std::optional<std::vector<harness::PastCase>> parse(const std::string& text,
                                                                    std::size_t test) const;

 private:
  std::vector<std::string> names_;
  harness::Driver driver_;
  std::vector<harness::PastCase> suspects_;
};

}  // namespace judge
