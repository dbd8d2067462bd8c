#include "judge/problem/find_problem.hpp"

#include <string>

#include <doctest/doctest.h>

#include "tests/judge/scratch_folder.hpp"

TEST_SUITE("judge/problem/find_problem") {
  TEST_CASE("problems are the folders with a problem.yaml, sorted, the earlier root wins") {
    const ScratchFolder scratch;
    scratch.write("one/b/problem.yaml", "");
    scratch.write("one/a/problem.yaml", "");
    scratch.write("one/no-problem/statement.md", "");
    scratch.write("one/README.md", "");
    scratch.write("two/a/problem.yaml", "");
    scratch.write("two/c/problem.yaml", "");
    const auto problems = judge::find_problems(
        {scratch.path() / "one", scratch.path() / "none", scratch.path() / "two"});
    REQUIRE(problems.size() == 3);
    CHECK(problems[0].id == "a");
    CHECK(problems[0].folder == scratch.path() / "one/a");
    CHECK(problems[1].id == "b");
    CHECK(problems[2].folder == scratch.path() / "two/c");
  }

  TEST_CASE("a problem is found by its id or by a path") {
    const ScratchFolder scratch;
    scratch.write("one/task-runner/problem.yaml", "");
    const std::vector roots{scratch.path() / "one"};
    CHECK(judge::find_problem(roots, "task-runner")->folder == scratch.path() / "one/task-runner");
    const std::string path = (scratch.path() / "one/task-runner/").string();
    CHECK(judge::find_problem({}, path)->id == "task-runner");
    CHECK(judge::find_problem({}, path)->folder == path);
  }

  TEST_CASE("a problem that is not there is an error that helps") {
    const ScratchFolder scratch;
    scratch.write("one/task-runner/problem.yaml", "");
    scratch.write("one/x.yaml", "");
    const std::vector roots{scratch.path() / "one"};
    CHECK(judge::find_problem(roots, "task-runer").error().message() ==
          "'task-runer' is no problem; did you mean 'task-runner'?");
    CHECK(judge::find_problem(roots, "other").error().message() ==
          "'other' is no problem; write task-runner");
    CHECK(judge::find_problem({}, "other").error().message() ==
          "'other' is no problem; there is none; name a folder, e.g. ./other");
    const auto found = judge::find_problem(roots, (scratch.path() / "one").string());
    CHECK(found.error().kind() == base::Error::Kind::invalid_input);
    CHECK(scratch.relative(found.error().message()) ==
          "one: holds no problem.yaml; name a problem's folder or id");
  }
}
