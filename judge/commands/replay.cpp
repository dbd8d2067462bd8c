#include <fstream>
#include <iostream>
#include <sstream>

#include "harnesses/cases/json_value.hpp"
#include "judge/commands/commands.hpp"
#include "judge/commands/interrupt.hpp"
#include "judge/grading/grade.hpp"
#include "judge/submission/load_submission.hpp"
#include "sandbox/base/escape.hpp"

namespace judge {
namespace {

struct Counterexample {
  std::string test;
  std::string criterion;
  std::string replay;
};

struct Recorded {
  std::string problem;
  std::string problem_digest;  // empty: not known
  std::string submission;
  std::string submission_digest;
  std::string language;
  std::vector<Counterexample> counterexamples;
};

// nlohmann throws on a missing key or another type; the verdict file may be anything.
base::Result<Recorded> read_verdict(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return base::invalid_input(path + ": cannot be read; give the file that --json wrote");
  const auto json = harness::parse_json(text.str());
  if (!json)
    return base::invalid_input(path + ": " + json.error().message() +
                               "; give the file that --json wrote");
  try {
    Recorded recorded{.problem = json->at("problem").at("id"),
                      .problem_digest = json->at("problem").at("digest"),
                      .submission = json->at("submission").at("path"),
                      .submission_digest = json->at("submission").at("digest"),
                      .language = json->at("submission").at("language"),
                      .counterexamples = {}};
    for (const auto& criterion : json->at("criteria")) {
      if (!criterion.contains("evidence")) continue;
      const auto& evidence = criterion.at("evidence");
      recorded.counterexamples.push_back({.test = evidence.at("test"),
                                          .criterion = criterion.at("id"),
                                          .replay = evidence.at("replay")});
    }
    return recorded;
  } catch (const nlohmann::json::exception&) {
    return base::invalid_input(path + ": is not a verdict; give the file that --json wrote");
  }
}

base::Result<Recorded> recorded_of(const ReplayRequest& request) {
  if (request.test.empty()) {
    JUDGE_TRY(Recorded recorded, read_verdict(request.verdict));
    if (!request.submission.empty()) recorded.submission = request.submission;
    return recorded;
  }
  return Recorded{.problem = request.problem,
                  .problem_digest = {},
                  .submission = request.submission,
                  .submission_digest = {},
                  .language = {},
                  .counterexamples = {{request.test, request.criterion, request.replay}}};
}

base::Result<ExitCode> replay(const CommandContext& context, const ReplayRequest& request) {
  JUDGE_TRY(const Recorded recorded, recorded_of(request));
  JUDGE_TRY(const Problem problem, load_named_problem(context, recorded.problem));
  JUDGE_TRY(const Submission submission,
            load_submission(recorded.submission, parse_language(recorded.language), problem));
  if (!recorded.problem_digest.empty() && recorded.problem_digest != problem.digest) {
    return base::invalid_input(problem.id + ": has changed since this verdict; grade again");
  }
  if (!recorded.submission_digest.empty() && recorded.submission_digest != submission.digest) {
    std::cerr << recorded.submission
              << ": has changed since this verdict; replaying against what it is now\n";
  }
  if (recorded.counterexamples.empty()) {
    std::cout << "nothing to replay: the verdict holds no counterexample\n";
    return ExitCode::ok;
  }
  Interrupt::hold_back();
  JUDGE_TRY(const sandbox::Host host,
            sandbox::Host::probe({.best = context.best, .best_time = context.best_time}));
  JUDGE_TRY(const Toolchain toolchain, Toolchain::find());
  const Interrupt interrupt{[&] { host.abandon_runs(); }};
  Grader grader{host, toolchain};
  bool all_fail_again = true;
  for (const Counterexample& each : recorded.counterexamples) {
    int failed = 0;
    std::string summary;
    for (int i = 0; i < request.times; ++i) {
      JUDGE_TRY(const Grader::ReplayOutcome outcome,
                grader.replay(problem, submission, each.test, each.criterion, each.replay));
      Interrupt::stay_if_interrupted();
      if (outcome.fails_again) ++failed;
      if (summary.empty() || outcome.fails_again) summary = outcome.summary;
    }
    all_fail_again = all_fail_again && failed == request.times;
    std::cout << each.criterion << " (test " << each.test << "): failed " << failed << " of "
              << request.times << "; " << base::escape(summary, 1000) << "\n";
  }
  return all_fail_again ? ExitCode::ok : ExitCode::not_accepted;
}

}  // namespace

ExitCode run_replay(const CommandContext& context, const ReplayRequest& request) {
  auto code = replay(context, request);
  return code ? *code : report_error(context, code.error());
}

}  // namespace judge
