#include <doctest/doctest.h>

#include "judge/authoring/new_problem.hpp"
#include "judge/authoring/start_attempt.hpp"
#include "judge/problem/load_problem.hpp"
#include "judge/submission/shipped.hpp"
#include "tests/judge/scratch_folder.hpp"

namespace {

judge::Problem new_problem(const ScratchFolder& scratch) {
  const auto written = judge::write_new_problem(scratch.path(), "task-list");
  REQUIRE(written.has_value());
  auto problem = judge::load_problem(written->path());
  REQUIRE(problem.has_value());
  return std::move(*problem);
}

// A public case and a secret one.
judge::Problem problem_with_cases(const ScratchFolder& scratch) {
  scratch.write("p/statement.md", "# Add\n");
  scratch.write("p/start.py", "x\n");
  scratch.write("p/start.mjs", "y\n");
  scratch.write("p/problem.yaml", R"yaml(schema: 1
id: p
title: Adding
level: junior
minutes: 5
statement: statement.md
languages:
  javascript: {starter: start.mjs}
  python: {starter: start.py}
limits: {cpu: 2 s, wall: 10 s, memory: 256 MiB, output: 1 MiB, processes: 32}
criteria:
  adds: {text: It adds.}
tests:
  t:
    harness: cases
    cases:
      - {name: "one & one", public: true, arguments: [-v], stdin: "1 1", stdout: "2", check: [adds]}
      - {name: secret, stdin: "2 2", stdout: "4", check: [adds]}
)yaml");
  auto problem = judge::load_problem(scratch.path() / "p");
  REQUIRE(problem.has_value());
  return std::move(*problem);
}

}  // namespace

TEST_SUITE("judge/authoring") {
  TEST_CASE("a new problem loads, and ships solutions of both kinds") {
    const ScratchFolder scratch;
    const judge::Problem problem = new_problem(scratch);
    CHECK(problem.id == "task-list");
    const auto shipped = judge::shipped_submissions(problem);
    REQUIRE(shipped.has_value());
    CHECK(shipped->size() == 5);
  }

  TEST_CASE("what is no id, and a folder that holds something, are refused") {
    const ScratchFolder scratch;
    CHECK_FALSE(judge::write_new_problem(scratch.path(), "Task List").has_value());
    CHECK_FALSE(judge::write_new_problem(scratch.path(), "../outside").has_value());
    CHECK(judge::write_new_problem(scratch.path(), "once").has_value());
    CHECK_FALSE(judge::write_new_problem(scratch.path(), "once").has_value());
  }

  TEST_CASE("a candidate gets the statement with its criteria, and the starters") {
    const ScratchFolder scratch;
    const judge::Problem problem = new_problem(scratch);
    const auto all = judge::write_attempt(problem, {}, scratch.path() / "attempt");
    REQUIRE(all.has_value());
    CHECK(all->written() == std::vector<std::string>{"README.md", "solution.mjs", "solution.ts"});
    const std::string readme = content_of(all->path() / "README.md");
    CHECK(readme.starts_with("# Collect results in order"));
    CHECK(readme.find("- ordered (2): The values come back") != std::string::npos);
    CHECK_FALSE(judge::write_attempt(problem, {}, scratch.path() / "attempt").has_value());
  }

  TEST_CASE("only public cases are handed out, and only the starter that was asked for") {
    const ScratchFolder scratch;
    const judge::Problem problem = problem_with_cases(scratch);
    const auto folder =
        judge::write_attempt(problem, judge::Language::python, scratch.path() / "attempt");
    REQUIRE(folder.has_value());
    CHECK(folder->written() ==
          std::vector<std::string>{"README.md", "start.py", "examples/01-one-one.arguments",
                                   "examples/01-one-one.stdin", "examples/01-one-one.stdout"});
    CHECK(content_of(folder->path() / "examples/01-one-one.stdin") == "1 1");
    CHECK_FALSE(
        judge::write_attempt(problem, judge::Language::cpp, scratch.path() / "other").has_value());
  }
}
