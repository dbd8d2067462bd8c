#include "tests/judge/grading/scratch_problem.hpp"

#include <stdlib.h>

#include <fstream>

#include <doctest/doctest.h>

#include "judge/problem/diagnostic.hpp"
#include "judge/problem/load_problem.hpp"
#include "judge/submission/load_submission.hpp"

namespace judge::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHead = R"(schema: 1
id: scratch
title: Scratch
level: senior
minutes: 5
statement: statement.md
)";
constexpr const char* kBothLanguages = R"(languages:
  javascript: {export: run, starter: start.mjs}
  python: {export: run, starter: start.py}
)";
constexpr const char* kWithReference = R"(languages:
  javascript: {export: run, starter: start.mjs}
reference: reference.mjs
)";
constexpr const char* kCriteria =
    R"(limits: {cpu: 2 s, wall: 10 s, memory: 256 MiB, output: 1 MiB, processes: 32}
criteria:
  right: {text: It is right.}
  other: {text: It is right in another way.}
tests:
)";

void write(const fs::path& path, const std::string& text) {
  std::ofstream file{path, std::ios::binary};
  file << text;
}

Problem load(const fs::path& folder) {
  auto problem = load_problem(folder);
  if (!problem) FAIL(to_error(problem.error()).message());
  return std::move(*problem);
}

fs::path make_folder(const std::string& tests, const std::string& reference) {
  std::string pattern = (fs::temp_directory_path() / "judge-grading-XXXXXX").string();
  REQUIRE(::mkdtemp(pattern.data()) != nullptr);
  const fs::path folder = fs::path{pattern} / "scratch";
  fs::create_directory(folder);
  write(folder / "problem.yaml", std::string{kHead} +
                                     (reference.empty() ? kBothLanguages : kWithReference) +
                                     kCriteria + tests);
  if (!reference.empty()) write(folder / "reference.mjs", reference);
  write(folder / "statement.md", "Do it.\n");
  write(folder / "start.mjs", "export const run = () => {};\n");
  write(folder / "start.py", "async def run(tasks): ...\n");
  return folder;
}

}  // namespace

ScratchProblem::ScratchProblem(const std::string& tests, const std::string& reference)
    : folder_{make_folder(tests, reference)}, problem_{load(folder_)} {}

ScratchProblem::~ScratchProblem() {
  std::error_code ignored;
  fs::remove_all(folder_.parent_path(), ignored);
}

Submission ScratchProblem::submission(const std::string& name, const std::string& source) const {
  write(folder_ / name, source);
  auto loaded = load_submission(folder_ / name, {}, problem_);
  REQUIRE_MESSAGE(loaded.has_value(), loaded.error().message());
  return std::move(*loaded);
}

Grader& grader() {
  static const sandbox::Host host = [] {
    auto probed = sandbox::Host::probe();
    REQUIRE_MESSAGE(probed.has_value(), probed.error().message());
    return std::move(*probed);
  }();
  static const Toolchain toolchain = [] {
    auto found = Toolchain::find();
    REQUIRE_MESSAGE(found.has_value(), found.error().message());
    return std::move(*found);
  }();
  static Grader one{host, toolchain};
  return one;
}

Verdict grade(const ScratchProblem& scratch, const std::string& name, const std::string& source) {
  auto verdict = grader().grade(scratch.problem(), scratch.submission(name, source), {});
  REQUIRE_MESSAGE(verdict.has_value(), verdict.error().message());
  return std::move(*verdict);
}

Verdict grade(const ScratchProblem& scratch, const std::string& source) {
  return grade(scratch, "a.mjs", source);
}

}  // namespace judge::test
