#include "judge/grading/grade.hpp"

#include <unistd.h>

#include <fstream>
#include <iostream>

#include "judge/commands/commands.hpp"
#include "judge/commands/interrupt.hpp"
#include "judge/report/json_report.hpp"
#include "judge/report/terminal_report.hpp"
#include "judge/submission/load_submission.hpp"

namespace judge {
namespace {

// One line that replaces itself, on a terminal only.
class ProgressLine {
 public:
  ProgressLine() : shown_{::isatty(STDERR_FILENO) == 1} {}
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine() {
    if (shown_) std::cerr << "\r\x1b[K" << std::flush;
  }
  void show(const Progress& progress) {
    if (!shown_) return;
    std::cerr << "\r\x1b[K[" << progress.done << "/" << progress.total << "] " << progress.stage
              << std::flush;
  }

 private:
  bool shown_;
};

std::string replay_command(const CommandContext& context, const GradeRequest& request,
                           const Verdict& verdict) {
  if (!request.json.empty() && request.json != "-") {
    return context.command + " replay " + shell_quoted(request.json);
  }
  for (const CriterionResult& each : verdict.criteria) {
    if (!each.evidence) continue;
    return context.command + " replay " + shell_quoted(request.problem) + " " +
           shell_quoted(request.submission) + " --test " + each.evidence->test + " --criterion " +
           each.criterion.id + " --case " + each.evidence->replay;
  }
  return {};
}

base::Status write_json(const std::string& path, const std::string& json) {
  if (path == "-") {
    std::cout << json << std::flush;
    if (!std::cout) return base::system_failure("standard output", EIO);
    return {};
  }
  std::ofstream file{path, std::ios::binary | std::ios::trunc};
  file << json << std::flush;
  if (!file)
    return base::invalid_input(path + ": cannot be written; choose another file for --json");
  return {};
}

Verdict judge_error(const Problem& problem, const Submission& submission,
                    const base::Error& error) {
  Verdict verdict;
  verdict.kind = VerdictKind::judge_error;
  verdict.problem_id = problem.id;
  verdict.problem_digest = problem.digest;
  verdict.submission_digest = submission.digest;
  verdict.language = submission.language;
  verdict.incident = Incident{.test = {}, .summary = error.message(), .output = {}, .replay = {}};
  for (const Criterion& criterion : problem.criteria) {
    verdict.criteria.push_back({.criterion = criterion,
                                .status = CriterionStatus::not_run,
                                .reason = "the judge failed",
                                .evidence = {}});
  }
  return verdict;
}

base::Result<std::set<std::string>> wanted_criteria(const Problem& problem,
                                                    const std::vector<std::string>& only) {
  for (const std::string& id : only) {
    std::string known;
    bool found = false;
    for (const Criterion& criterion : problem.criteria) {
      found = found || criterion.id == id;
      known += (known.empty() ? "" : ", ") + criterion.id;
    }
    if (!found)
      return base::invalid_input("--only: '" + id + "' is no criterion of " + problem.id +
                                 "; there are " + known);
  }
  return std::set<std::string>{only.begin(), only.end()};
}

base::Result<ExitCode> grade(const CommandContext& context, const GradeRequest& request) {
  JUDGE_TRY(const Problem problem, load_named_problem(context, request.problem));
  JUDGE_TRY(const auto language, wanted_language(request.language));
  JUDGE_TRY(const std::set<std::string> only, wanted_criteria(problem, request.only));
  JUDGE_TRY(const Submission submission, load_submission(request.submission, language, problem));
  if (submission.left_out_packages) {
    std::cerr
        << "note: node_modules is no part of a submission and was left out; what the solution "
           "imports can be bundled with it or put beside it as a file\n";
  }
  Interrupt::hold_back();
  JUDGE_TRY(const sandbox::Host host,
            sandbox::Host::probe({.best = context.best, .best_time = context.best_time}));
  JUDGE_TRY(const Toolchain toolchain, Toolchain::find());

  const Interrupt interrupt{[&] { host.abandon_runs(); }};
  Grader grader{host, toolchain};
  base::Result<Verdict> verdict = [&] {
    ProgressLine line;
    return grader.grade(problem, submission,
                        {.seed = request.seed,
                         .only = only,
                         .effort = request.effort,
                         .ablation = {},
                         .on_progress = [&](const Progress& p) { line.show(p); }});
  }();
  Interrupt::stay_if_interrupted();
  if (!verdict) {
    if (verdict.error().kind() != base::Error::Kind::invalid_input && !request.json.empty()) {
      JUDGE_TRY_VOID(
          write_json(request.json, to_json(judge_error(problem, submission, verdict.error()))));
    }
    return base::fail(std::move(verdict).error());
  }
  verdict->submission_path = request.submission;
  if (!request.json.empty()) JUDGE_TRY_VOID(write_json(request.json, to_json(*verdict)));
  if (request.json != "-") {
    std::cout << to_terminal(*verdict, problem,
                             {.paint = Paint::for_descriptor(STDOUT_FILENO),
                              .replay_command = replay_command(context, request, *verdict)})
              << std::flush;
  }
  return verdict->kind == VerdictKind::accepted ? ExitCode::ok : ExitCode::not_accepted;
}

}  // namespace

ExitCode run_grade(const CommandContext& context, const GradeRequest& request) {
  auto code = grade(context, request);
  return code ? *code : report_error(context, code.error());
}

}  // namespace judge
