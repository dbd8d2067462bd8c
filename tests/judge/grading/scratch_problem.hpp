// A problem and submissions written to a scratch folder, graded for real.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "judge/grading/grade.hpp"

namespace judge::test {

class ScratchProblem {
 public:
  // `tests`: the YAML below `tests:`, indented by two; the criteria are `right` and `other`.
  // `reference`: the source of a JavaScript solution that `equals: reference` compares with.
  explicit ScratchProblem(const std::string& tests, const std::string& reference = {});
  ScratchProblem(const ScratchProblem&) = delete;
  ScratchProblem& operator=(const ScratchProblem&) = delete;
  ~ScratchProblem();

  [[nodiscard]] const Problem& problem() const { return problem_; }
  [[nodiscard]] Submission submission(const std::string& name, const std::string& source) const;

 private:
  std::filesystem::path folder_;
  Problem problem_;
};

// One for the whole program: probing the host and starting an oracle takes a while.
Grader& grader();

// The verdict of a submission with this file name, JavaScript unless it is told.
Verdict grade(const ScratchProblem& scratch, const std::string& name, const std::string& source);
Verdict grade(const ScratchProblem& scratch, const std::string& source);

}  // namespace judge::test
