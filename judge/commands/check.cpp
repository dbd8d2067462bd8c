#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <iostream>
#include <mutex>
#include <set>
#include <thread>

#include "judge/commands/commands.hpp"
#include "judge/commands/interrupt.hpp"
#include "judge/grading/grade.hpp"
#include "judge/problem/diagnostic.hpp"
#include "judge/problem/find_problem.hpp"
#include "judge/problem/load_problem.hpp"
#include "judge/report/json_report.hpp"
#include "judge/report/kill_matrix.hpp"
#include "judge/report/paint.hpp"
#include "judge/submission/nonsense.hpp"
#include "judge/submission/shipped.hpp"

namespace judge {
namespace {

struct Job {
  const Problem* problem;
  const Shipped* shipped;  // null: nonsense
  const Submission* submission;
  std::filesystem::path path;            // to be named by
  std::set<std::string> failed{};        // criteria, of all rounds
  std::chrono::milliseconds slowest{};   // of all rounds
  std::optional<std::string> verdict{};  // as JSON without figures, of the first round
  std::optional<std::int64_t> first_kill{};
};

struct JobResult {
  std::vector<std::string> complaints;  // empty: as the folder and the header say
  std::set<std::string> failed;         // criteria
};

std::string joined(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "none" : text;
}

JobResult compare(const Shipped& shipped, const Verdict& verdict) {
  JobResult result;
  for (const CriterionResult& each : verdict.criteria) {
    if (each.status == CriterionStatus::not_met) result.failed.insert(each.criterion.id);
    if (each.evidence && !each.evidence->reproducible) {
      result.complaints.push_back("criterion " + each.criterion.id +
                                  " failed, but not every time: " + each.evidence->summary());
    }
  }
  if (to_string(verdict.kind) != shipped.verdict) {
    std::string why = verdict.incident ? " (" + verdict.incident->summary + ")" : "";
    for (const CriterionResult& each : verdict.criteria) {
      if (each.evidence) why += "; " + each.criterion.id + ": " + each.evidence->summary();
    }
    result.complaints.push_back("expected " + shipped.verdict + ", got " + to_string(verdict.kind) +
                                why);
    return result;
  }
  if (!shipped.fails) return result;
  std::set<std::string> declared{shipped.fails->begin(), shipped.fails->end()};
  for (const std::string& id : shipped.may_fail) {
    if (result.failed.contains(id)) declared.insert(id);
  }
  if (declared != result.failed) {
    std::string details;
    for (const CriterionResult& each : verdict.criteria) {
      if (each.evidence && !declared.contains(each.criterion.id))
        details += "; " + each.criterion.id + ": " + each.evidence->summary();
    }
    result.complaints.push_back("declares to fail " + joined(declared) + ", failed " +
                                joined(result.failed) + details);
  }
  return result;
}

// A predicate that fails on what it gives is an error of the grading.
JobResult compare_nonsense(const Verdict& verdict) {
  JobResult result;
  if (verdict.kind == VerdictKind::accepted) {
    result.complaints.emplace_back("accepted, although it makes no sense");
  }
  if (verdict.kind == VerdictKind::compile_error) {
    result.complaints.emplace_back("does not load, so that nothing of it was seen");
  }
  return result;
}

// What must be the same every time, byte for byte.
std::string without_figures(Verdict verdict) {
  verdict.usage = {};
  return to_json(verdict);
}

// Everything that is checked, and what came of it. Workers share it behind the mutex.
class Check {
 public:
  Check(const CommandContext& context, const CheckRequest& request)
      : context_{context}, request_{request} {}

  ExitCode run() {
    if (const auto code = load()) return *code;
    Interrupt::hold_back();
    auto host = sandbox::Host::probe({.best = context_.best, .best_time = context_.best_time});
    if (!host) return report_error(context_, host.error());
    const auto toolchain = Toolchain::find();
    if (!toolchain) return report_error(context_, toolchain.error());
    const Interrupt interrupt{[&] { host->abandon_runs(); }};
    for (int round = 1; round <= request_.repeat; ++round) {
      next_ = 0;
      end_ = round == 1 ? jobs_.size() : shipped_count_;
      run_workers(*host, *toolchain);
      if (error_) return report_error(context_, *error_);
    }
    report_matrices();
    report_vacuous_criteria();
    std::cout << shipped_count_ << " submissions of " << problems_.size() << " problems, "
              << (request_.repeat == 1 ? "" : std::to_string(request_.repeat) + " times each, ")
              << jobs_.size() - shipped_count_ << " that make no sense, " << mismatches_
              << " mismatches, " << vacuous_ << " vacuous criteria\n";
    return mismatches_ == 0 && vacuous_ == 0 ? ExitCode::ok : ExitCode::not_accepted;
  }

 private:
  std::optional<ExitCode> load() {
    std::vector<std::string> names = request_.problems;
    if (request_.all) {
      for (const ProblemFolder& each : find_problems(context_.problem_roots))
        names.push_back(each.folder.string() + "/.");
    }
    if (names.empty()) {
      return report_error(
          context_, base::invalid_input_error("check: no problems; name some, or write --all"));
    }
    problems_.reserve(names.size());
    bool all_well = true;
    for (std::string name : names) {
      if (name.ends_with("/.")) name.resize(name.size() - 2);
      auto problem = load_named_problem(context_, name);
      if (!problem) {
        (void)report_error(context_, problem.error());
        all_well = false;
        continue;
      }
      problems_.push_back(std::move(*problem));
      auto shipped = shipped_submissions(problems_.back());
      if (!shipped) {
        (void)report_error(context_, to_error(shipped.error()));
        all_well = false;
        continue;
      }
      shipped_.push_back(std::make_unique<std::vector<Shipped>>(std::move(*shipped)));
      for (const Shipped& each : *shipped_.back()) {
        jobs_.push_back({&problems_.back(), &each, &each.submission, each.path});
      }
    }
    if (!all_well) return ExitCode::bad_request;
    shipped_count_ = jobs_.size();
    if (request_.ablation == Ablation{}) add_nonsense();
    return {};
  }

  void add_nonsense() {
    for (const Problem& problem : problems_) {
      const auto& nonsense = *nonsense_.emplace_back(
          std::make_unique<std::vector<Submission>>(nonsense_submissions(problem)));
      for (const Submission& each : nonsense) {
        const std::string name = problem.id + ", nonsense: " + each.display_name;
        jobs_.push_back({&problem, nullptr, &each, name});
      }
    }
  }

  void run_workers(const sandbox::Host& host, const Toolchain& toolchain) {
    const unsigned processors = std::max(1U, std::thread::hardware_concurrency());
    const unsigned count = request_.jobs > 0 ? static_cast<unsigned>(request_.jobs) : processors;
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < count; ++i) {
      workers.emplace_back([&] { work(host, toolchain); });
    }
  }

  void work(const sandbox::Host& host, const Toolchain& toolchain) {
    Grader grader{host, toolchain};
    for (std::size_t mine = next_++; mine < end_; mine = next_++) {
      Job& job = jobs_[mine];
      const auto begin = std::chrono::steady_clock::now();
      auto verdict = grader.grade(*job.problem, *job.submission, options());
      Interrupt::stay_if_interrupted();
      const std::lock_guard lock{mutex_};
      if (!verdict && job.shipped == nullptr) {
        note(job, {.complaints = {verdict.error().message()}, .failed = {}});
        continue;
      }
      if (!verdict) {
        if (!error_) error_ = std::move(verdict).error().within(job.path.string());
        next_ = jobs_.size();
        return;
      }
      const auto took = std::chrono::steady_clock::now() - begin;
      job.slowest = std::max(job.slowest, duration_cast<std::chrono::milliseconds>(took));
      JobResult result =
          job.shipped != nullptr ? compare(*job.shipped, *verdict) : compare_nonsense(*verdict);
      if (!job.first_kill) job.first_kill = cases_to_first_kill(*verdict);
      const std::string json = without_figures(std::move(*verdict));
      if (!job.verdict) job.verdict = json;
      if (*job.verdict != json) result.complaints.push_back("another verdict than the first time");
      note(job, result);
    }
  }

  [[nodiscard]] GradeOptions options() const {
    return {.seed = request_.seed,
            .only = {},
            .effort = request_.effort,
            .ablation = request_.ablation,
            .on_progress = {}};
  }

  void note(Job& job, const JobResult& result) {
    job.failed.insert(result.failed.begin(), result.failed.end());
    if (result.complaints.empty()) {
      if (::isatty(STDOUT_FILENO) == 1)
        std::cout << paint_.green("✓") << " " << job.path.string() << std::endl;
      return;
    }
    ++mismatches_;
    std::cout << paint_.red("✗") << " " << job.path.string() << "\n";
    for (const std::string& complaint : result.complaints)
      std::cout << "    " << complaint << std::endl;
  }

  void report_matrices() const {
    for (const Problem& problem : problems_) {
      KillMatrix matrix;
      matrix.problem = problem.id;
      for (const Criterion& each : problem.criteria) matrix.criteria.push_back(each.id);
      for (const Job& job : jobs_) {
        if (job.problem != &problem || job.shipped == nullptr) continue;
        if (job.shipped->verdict == "accepted") {
          ++matrix.right;
          matrix.slowest_right = std::max(matrix.slowest_right, job.slowest);
        } else if (!job.failed.empty()) {
          matrix.wrong.push_back({.solution = job.path.filename().string(),
                                  .failed = job.failed,
                                  .first_kill = job.first_kill,
                                  .took = job.slowest});
        }
      }
      std::cout << "\n" << to_text(matrix, paint_);
    }
    std::cout << "\n";
  }

  [[nodiscard]] bool is_failed_by_some(const Problem& problem, const std::string& criterion) const {
    return std::ranges::any_of(jobs_, [&](const Job& job) {
      return job.problem == &problem && job.shipped != nullptr && job.failed.contains(criterion);
    });
  }

  void report_vacuous_criteria() {
    for (const Problem& problem : problems_) {
      for (const Criterion& criterion : problem.criteria) {
        if (is_failed_by_some(problem, criterion.id)) continue;
        ++vacuous_;
        std::cout << paint_.red("✗") << " " << problem.id
                  << ": no shipped submission fails the criterion " << criterion.id
                  << "; add one below submissions/wrong_answer/\n";
      }
    }
  }

  const CommandContext& context_;
  const CheckRequest& request_;
  const Paint paint_ = Paint::for_descriptor(STDOUT_FILENO);
  std::vector<Problem> problems_;
  std::vector<std::unique_ptr<std::vector<Shipped>>> shipped_;
  std::vector<std::unique_ptr<std::vector<Submission>>> nonsense_;  // by problem
  std::vector<Job> jobs_;                                           // the shipped ones first
  std::size_t shipped_count_ = 0;
  std::atomic<std::size_t> next_ = 0;
  std::size_t end_ = 0;  // of the jobs of this round

  std::mutex mutex_;
  std::size_t mismatches_ = 0;
  std::size_t vacuous_ = 0;
  std::optional<base::Error> error_;
};

}  // namespace

ExitCode run_check(const CommandContext& context, const CheckRequest& request) {
  return Check{context, request}.run();
}

}  // namespace judge
