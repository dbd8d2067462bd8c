// Row: one hostile program, how it is run and what must come of it. Plain data; the rows are the
// table that the containment tests and containment_table both run.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/limits.hpp"
#include "sandbox/program.hpp"
#include "sandbox/run_report.hpp"
#include "sandbox/tier.hpp"

namespace sandbox::test {

enum class Clause {
#define JUDGE_CLAUSE(name, sentence) name,
#include "tests/sandbox/containment/clauses.def"
#undef JUDGE_CLAUSE
};

// By its name and its sentence, in the order of `Clause`.
struct ClauseText {
  std::string_view name;
  std::string_view sentence;
};
[[nodiscard]] const std::vector<ClauseText>& clause_texts();

struct ExpectedArtifact {
  std::string path;
  base::Bytes limit{1024};
  // One of these contents, or, if it is absent, a reason that matches. Neither: it must be absent.
  std::vector<std::string> contents{};
  std::string why_absent{};
};

struct Expected {
  std::vector<EndedBy> ended_by{EndedBy::program};  // any of these
  // Nothing: 0 if the program ended by itself, anything otherwise.
  std::vector<Exit> exit{};
  std::optional<std::string> output{};  // the whole standard output
  std::vector<std::string> lines{};     // whole lines of standard output
  std::string pattern{};                // the whole standard output, ECMAScript
  std::string error_pattern{};          // somewhere in standard error, ECMAScript
  std::string forbidden{};              // the name of the system call that ended it
  std::vector<ExpectedArtifact> artifacts{};
  // In a tier with memory groups: within 10 % of the limit.
  bool peak_at_limit = false;
  // Most of the processor time was the kernel's.
  bool system_time = false;
};

// What a row changes of the limits that its language has.
struct LimitChanges {
  std::optional<std::chrono::milliseconds> cpu{};
  std::optional<std::chrono::milliseconds> wall{};
  std::optional<base::Bytes> memory{};
  std::optional<base::Bytes> output{};
  std::optional<int> processes{};
  std::optional<int> open_files{};
  std::optional<base::Bytes> scratch{};
};

// In which tier (nothing: in all), and for whom.
struct Where {
  enum class User { any, root, ordinary };
  std::optional<Tier> tier{};
  User user = User::any;
  std::string why{};
  bool sometimes = false;  // depends on timing: it may also hold
};

// What is expected in one tier, of one user, when that differs.
struct Instead {
  Tier tier;
  Expected expected;
  Where::User user = Where::User::any;
};

struct Row {
  Clause clause;
  std::string name;
  // Below tests/probes. Without an ending: compiled. A source in compile/ is compiled inside, which
  // is the attack. Other endings are interpreted.
  std::string probe;
  // {outside}, {secret}, {socket}, {set-uid}: what Stage has put up outside.
  std::vector<std::string> arguments{};
  std::optional<Profile> profile{};
  LimitChanges limits{};
  std::optional<std::string> input{};
  // An earlier run of the same probe with these arguments, which must end with 0.
  std::vector<std::string> before{};
  // A run of the same probe with these arguments that lives meanwhile; it must have said "ready".
  std::vector<std::string> beside{};
  // Further files below tests/probes that are put beside it.
  std::vector<std::string> more_files{};
  bool with_set_uid_program = false;
  Expected expected{};
  // The first that is about the tier and the user counts. Tier D has no control groups either: what
  // is said of C holds there, unless D is named.
  std::vector<Instead> instead{};
  // The tier has no means to keep this promise.
  std::vector<Where> not_expressible{};
  // What the sandbox does not do yet. Such a row fails the test once it holds, so that the mark
  // goes.
  std::vector<Where> open{};
};

[[nodiscard]] const std::vector<Row>& all_rows();

}  // namespace sandbox::test
