// Verdict: what a grading found, criterion by criterion. Plain data; JSON, terminal and exit code
// are made from it. verdict.schema.json describes the JSON; README.md says which figures may differ
// between two runs.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harnesses/schedule/trace.hpp"
#include "judge/problem/problem.hpp"
#include "sandbox/run_report.hpp"

namespace judge {

enum class VerdictKind {
  accepted,
  wrong_answer,
  compile_error,
  runtime_error,
  time_limit_exceeded,
  memory_limit_exceeded,
  output_limit_exceeded,
  security_violation,
  judge_error,
};
[[nodiscard]] std::string to_string(VerdictKind kind);

enum class CriterionStatus { met, not_met, not_run, not_enforced, undecided };
[[nodiscard]] std::string to_string(CriterionStatus status);

// One line of a trace, as reports show it.
struct TraceLine {
  int moment;                        // counts from 1
  std::string event;                 // started, fulfils, fails, aborted, cancel, returned, ...
  std::optional<std::string> input;  // "task 2"
  std::string detail;                // may be empty
};

// A call of a property test, as reports show it: source text that can be pasted.
struct CallLine {
  std::string call;      // "encoded = encode("a")"
  std::string outcome;   // "returned "b""
  std::string expected;  // the same of the reference; empty: as the outcome, or there is none
};

// Why a criterion is not met: a case that anybody can run again.
struct Evidence {
  std::string test;
  // One of these says what is wrong: a sentence, or a predicate that does not hold and the values
  // in it.
  std::string difference;
  std::string predicate;
  std::vector<std::string> remarks;                        // what else is to be known of it
  std::vector<std::pair<std::string, std::string>> given;  // name, what it was
  std::vector<TraceLine> trace;
  std::vector<CallLine> calls;
  std::vector<std::string> explanation;  // lines: which calls have no order, drawn
  std::optional<int> failed_at;          // moment in the trace at which it was seen
  std::string replay;                    // see replay_string.hpp
  bool reproducible = true;
  std::int64_t found_at = 0;           // the how manieth case of its test it was; 0: not searched
  std::string schedule;                // what the judge did, in a line; may be empty
  std::vector<TraceLine> other_trace;  // not reproducible: what the same case showed another time
  // What the drawing of lanes needs; not part of the JSON.
  std::optional<harness::Trace> raw_trace;

  // All of it in a line.
  [[nodiscard]] std::string summary() const;
};

struct CriterionResult {
  Criterion criterion;
  CriterionStatus status = CriterionStatus::met;
  std::string reason;  // of not_run, not_enforced and undecided
  std::optional<Evidence> evidence;
};

struct SearchSummary {
  std::string test;
  std::int64_t cases = 0;
  bool exhaustive = false;
  std::optional<std::uint64_t> exhaustive_up_to = {};
  struct MissBound {
    unsigned depth;
    double probability;
  };
  std::optional<MissBound> miss_bound = {};  // see Exploration
  bool out_of_cpu = false;
  bool is_deterministic = true;
  bool skipped = false;  // all that it checks had failed before
};

// What ended the grading early, or made the program fail as a whole.
struct Incident {
  std::string test;     // empty: before any test
  std::string summary;  // one line, ours
  std::string output;   // the program's or the compiler's, hostile, bounded
  std::string replay;   // may be empty
};

struct Verdict {
  VerdictKind kind = VerdictKind::accepted;
  std::vector<CriterionResult> criteria;
  std::vector<SearchSummary> search;
  std::optional<Incident> incident;
  std::string problem_id;
  std::string problem_digest;
  std::string submission_path;  // as the user gave it
  std::string submission_digest;
  Language language = Language::javascript;
  sandbox::Usage usage;
  sandbox::Enforced enforced;
  std::uint64_t seed = 0;

  [[nodiscard]] double score() const;
  [[nodiscard]] double max_score() const;
};

}  // namespace judge
