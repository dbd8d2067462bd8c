// judge: the command line. Wires everything by hand and chooses the exit code.

#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <sstream>

#include <CLI/CLI.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "judge/commands/commands.hpp"
#include "judge/version.hpp"

namespace {

using judge::ExitCode;

constexpr int kOwnFailure = 70;  // EX_SOFTWARE of sysexits.h

std::shared_ptr<spdlog::logger> make_logger(bool verbose) {
  auto logger =
      std::make_shared<spdlog::logger>("judge", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %n %v");
  logger->set_level(verbose ? spdlog::level::debug : spdlog::level::warn);
  return logger;
}

// --problems first, then $JUDGE_PROBLEMS (folders separated by colons), then ./problems, then what
// was built in.
std::vector<std::filesystem::path> problem_roots(const std::vector<std::string>& given) {
  std::vector<std::filesystem::path> roots{given.begin(), given.end()};
  if (const char* from_environment = std::getenv("JUDGE_PROBLEMS")) {
    std::istringstream parts{from_environment};
    for (std::string part; std::getline(parts, part, ':');) {
      if (!part.empty()) roots.emplace_back(part);
    }
  }
  roots.emplace_back("problems");
  roots.emplace_back(JUDGE_DEFAULT_PROBLEMS);
  return roots;
}

std::string command_name(const char* argv0) {
  const char* wrapper = std::getenv("JUDGE_COMMAND");  // scripts/judge says how it was called
  return wrapper != nullptr ? wrapper : argv0;
}

struct Arguments {
  std::vector<std::string> roots;
  std::string tier = "A";
  bool verbose = false;
  std::string budget = "normal";
  std::vector<std::string> without;
  judge::GradeRequest grade;
  judge::CheckRequest check;
  judge::ReplayRequest replay;
  std::string shown;
  judge::NewRequest fresh;
  judge::StartRequest start;
};

// Of grade and check, which share it.
void add_budget(CLI::App& command, Arguments& arguments) {
  command
      .add_option("--budget", arguments.budget,
                  "How many cases are searched: quick, normal or thorough (ten times as many)")
      ->check(CLI::IsMember({"quick", "normal", "thorough"}))
      ->capture_default_str();
}

void add_grade(CLI::App& app, Arguments& arguments) {
  CLI::App* grade = app.add_subcommand(
      "grade", "Grade a submission and say, criterion by criterion, what is met");
  grade
      ->add_option("PROBLEM", arguments.grade.problem,
                   "Problem id, or the path of a problem's folder")
      ->required();
  grade->add_option("SUBMISSION", arguments.grade.submission, "A file or a folder")->required();
  grade->add_option("--language", arguments.grade.language,
                    "javascript, typescript, python, cpp or c; default: by the file's name");
  grade
      ->add_option(
          "--json", arguments.grade.json,
          "Write the verdict as JSON to FILE; -: to standard output, instead of the summary")
      ->type_name("FILE");
  grade->add_option("--seed", arguments.grade.seed,
                    "Search with this seed; default: from the bytes of both");
  grade->add_option("--only", arguments.grade.only, "Judge this criterion only; may be repeated")
      ->type_name("CRITERION");
  add_budget(*grade, arguments);
  grade->footer(
      "Exit codes: 0 accepted; 1 graded, not accepted; 2 the request is wrong; 3 the judge "
      "failed;\n"
      "4 this host cannot isolate programs.");
}

void add_check(CLI::App& app, Arguments& arguments) {
  CLI::App* check = app.add_subcommand("check",
                                       "Grade every solution that a problem ships: each gets its "
                                       "folder's verdict and fails what it declares");
  check->add_option("PROBLEM", arguments.check.problems, "Problem ids or folders");
  check->add_flag("--all", arguments.check.all, "All problems");
  check->add_option("--repeat", arguments.check.repeat, "Grade everything N times")
      ->type_name("N")
      ->check(CLI::Range(1, 1000));
  check->add_option("--jobs", arguments.check.jobs, "Gradings at once; default: one a processor")
      ->type_name("N")
      ->check(CLI::Range(1, 256));
  check->add_option("--seed", arguments.check.seed,
                    "Search with this seed; default: from the bytes of each");
  add_budget(*check, arguments);
  check
      ->add_option("--without", arguments.without,
                   "Leave a part of the search out, to see what then survives: pairs (two acts in "
                   "one turn), random, exhaustive, heuristics; may be repeated")
      ->type_name("PART")
      ->check(CLI::IsMember({"pairs", "random", "exhaustive", "heuristics"}));
}

// What `--without` switches off.
judge::Ablation ablation_of(const std::vector<std::string>& without) {
  judge::Ablation ablation;
  for (const std::string& part : without) {
    if (part == "pairs") ablation.pairs = false;
    if (part == "random") ablation.random = false;
    if (part == "exhaustive") ablation.exhaustive = false;
    if (part == "heuristics") ablation.heuristics = false;
  }
  return ablation;
}

void add_replay(CLI::App& app, Arguments& arguments) {
  CLI::App* replay =
      app.add_subcommand("replay", "Run the counterexamples of a verdict again, or a single one");
  replay
      ->add_option("VERDICT", arguments.replay.verdict,
                   "The file that 'grade --json' wrote; or a problem, when --test is given")
      ->required();
  replay->add_option("SUBMISSION", arguments.replay.submission,
                     "Default: the path that the verdict names");
  CLI::Option* test =
      replay->add_option("--test", arguments.replay.test, "Test of the single counterexample");
  CLI::Option* criterion =
      replay->add_option("--criterion", arguments.replay.criterion, "Its criterion");
  CLI::Option* one_case =
      replay->add_option("--case", arguments.replay.replay, "Its replay string, r2:... or c1:...");
  test->needs(criterion)->needs(one_case);
  criterion->needs(test);
  one_case->needs(test);
  replay->add_option("--times", arguments.replay.times, "Run each N times")
      ->type_name("N")
      ->check(CLI::Range(1, 10000));
  replay->footer(
      "Exit codes: 0 every counterexample failed again, every time; 1 some did not; 2, 3, 4 as for "
      "grade.");
}

void add_new(CLI::App& app, Arguments& arguments) {
  CLI::App* fresh =
      app.add_subcommand("new", "Write a small problem that works, to make another one from");
  fresh->add_option("ID", arguments.fresh.id, "Its id: small letters, digits and '-'")->required();
  fresh->footer("It is written into the first --problems folder, by default ./problems.");
}

void add_start(CLI::App& app, Arguments& arguments) {
  CLI::App* start = app.add_subcommand(
      "start", "Write a candidate's folder: the statement, a starter, the public examples");
  start->add_option("PROBLEM", arguments.start.problem, "Problem id or folder")->required();
  start->add_option("DIR", arguments.start.folder, "A new or empty folder")->required();
  start->add_option("--language", arguments.start.language,
                    "Only this language's starter; default: all");
}

ExitCode run(const CLI::App& app, Arguments& arguments, const judge::CommandContext& context) {
  arguments.grade.effort = arguments.check.effort = *judge::parse_effort(arguments.budget);
  arguments.check.ablation = ablation_of(arguments.without);
  if (app.got_subcommand("grade")) return judge::run_grade(context, arguments.grade);
  if (app.got_subcommand("check")) return judge::run_check(context, arguments.check);
  if (app.got_subcommand("replay")) {
    if (!arguments.replay.test.empty()) arguments.replay.problem = arguments.replay.verdict;
    return judge::run_replay(context, arguments.replay);
  }
  if (app.got_subcommand("new")) {
    arguments.fresh.root = arguments.roots.empty() ? "problems" : arguments.roots.front();
    return judge::run_new(context, arguments.fresh);
  }
  if (app.got_subcommand("start")) return judge::run_start(context, arguments.start);
  if (app.got_subcommand("problems")) return judge::run_problems(context);
  if (app.got_subcommand("show")) return judge::run_show(context, arguments.shown);
  return judge::run_doctor(context);
}

int run_main(int argc, char** argv) {
  Arguments arguments;
  CLI::App app{"Grades solutions of coding exercises in a sandbox, criterion by criterion.",
               "judge"};
  app.set_version_flag("--version", std::string{"judge "} + judge::kVersion);
  app.add_option("--problems", arguments.roots,
                 "Look for problems in this folder first; may be repeated")
      ->type_name("DIR");
  app.add_option(
         "--tier", arguments.tier,
         "Use no mechanism of a better tier, to try what a weaker host would do: A, B, C or "
         "D (without namespaces)")
      ->type_name("TIER")
      ->check(CLI::IsMember({"A", "B", "C", "D"}, CLI::ignore_case));
  app.add_flag("-v,--verbose", arguments.verbose, "Log what is done");
  app.require_subcommand(1);
  app.fallthrough();  // so that these options may also stand behind the command
  add_grade(app, arguments);
  add_check(app, arguments);
  add_replay(app, arguments);
  add_new(app, arguments);
  add_start(app, arguments);
  app.add_subcommand("problems", "List the problems");
  app.add_subcommand("show", "Print a problem's statement and criteria")
      ->add_option("PROBLEM", arguments.shown, "Problem id or folder")
      ->required();
  app.add_subcommand("doctor",
                     "Tell what this host can enforce, and what to do about what it cannot");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : static_cast<int>(ExitCode::bad_request);
  }
  const judge::CommandContext context{.problem_roots = problem_roots(arguments.roots),
                                      .log = make_logger(arguments.verbose),
                                      .command = command_name(argv[0]),
                                      .best = *sandbox::parse_tier(arguments.tier)};
  return static_cast<int>(run(app, arguments, context));
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run_main(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "judge: a failure of our own: " << error.what() << "\n";
    return kOwnFailure;
  }
}
