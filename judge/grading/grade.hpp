// Grading: one submission of one problem, from built program to verdict.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "judge/grading/effort.hpp"
#include "judge/problem/problem.hpp"
#include "judge/submission/submission.hpp"
#include "judge/toolchain/toolchain.hpp"
#include "judge/verdict/verdict.hpp"
#include "sandbox/host.hpp"

namespace judge {

// Where a grading is, for people who wait.
struct Progress {
  std::string stage;  // "compiling", or a test's name
  std::size_t done;
  std::size_t total;
};

struct GradeOptions {
  std::optional<std::uint64_t> seed;  // else from the digests
  std::set<std::string> only;         // criteria; empty: all
  Effort effort = Effort::normal;
  Ablation ablation;
  std::function<void(const Progress&)> on_progress;
};

// One per thread: keeps the oracle's process between gradings.
class Grader {
 public:
  Grader(const sandbox::Host& host, const Toolchain& toolchain);
  ~Grader();
  Grader(Grader&&) noexcept;
  Grader& operator=(Grader&&) noexcept;

  // The Error is the judge's or the problem author's, never the candidate's.
  base::Result<Verdict> grade(const Problem& problem, const Submission& submission,
                              const GradeOptions& options);

  // Compiles every predicate of the problem without running anything: all mistakes at once.
  base::Status check_predicates(const Problem& problem);

  struct ReplayOutcome {
    bool fails_again;
    std::string summary;
  };
  // Runs one counterexample again: whether `criterion` still fails in it.
  base::Result<ReplayOutcome> replay(const Problem& problem, const Submission& submission,
                                     const std::string& test, const std::string& criterion,
                                     const std::string& replay_string);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Keyed hash of both digests, so that the same bytes meet the same cases and changed ones meet
// others.
[[nodiscard]] std::uint64_t default_seed(const Problem& problem, const Submission& submission);

}  // namespace judge
