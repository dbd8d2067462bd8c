// The commands of the command line, each in a file of its own. Results go to standard output, all
// else to standard error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "judge/commands/context.hpp"
#include "judge/grading/effort.hpp"

namespace judge {

struct GradeRequest {
  std::string problem;
  std::string submission;
  std::string language;  // empty: by the file's name
  std::string json;      // empty: none; "-": standard output, instead of the summary
  std::optional<std::uint64_t> seed;
  std::vector<std::string> only;
  Effort effort = Effort::normal;
};
ExitCode run_grade(const CommandContext& context, const GradeRequest& request);

struct CheckRequest {
  std::vector<std::string> problems;
  bool all = false;
  int repeat = 1;
  int jobs = 0;  // 0: as many as there are processors
  std::optional<std::uint64_t> seed;
  Effort effort = Effort::normal;
  Ablation ablation;
};
ExitCode run_check(const CommandContext& context, const CheckRequest& request);

struct ReplayRequest {
  std::string verdict;  // a JSON file; or else the five below
  std::string problem;
  std::string submission;  // empty with `verdict`: the path the verdict names
  std::string test;
  std::string criterion;
  std::string replay;
  int times = 1;
};
ExitCode run_replay(const CommandContext& context, const ReplayRequest& request);

struct NewRequest {
  std::string id;
  std::string root;  // the folder that holds problems
};
ExitCode run_new(const CommandContext& context, const NewRequest& request);

struct StartRequest {
  std::string problem;
  std::string folder;
  std::string language;  // empty: all
};
ExitCode run_start(const CommandContext& context, const StartRequest& request);

ExitCode run_problems(const CommandContext& context);
ExitCode run_show(const CommandContext& context, const std::string& problem);
ExitCode run_doctor(const CommandContext& context);

}  // namespace judge
