#include "judge/submission/shipped.hpp"

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "judge/problem/find_problem.hpp"
#include "judge/problem/load_problem.hpp"
#include "tests/judge/scratch_folder.hpp"

namespace {

using judge::Language;
using Names = std::vector<std::string>;

judge::Problem problem_in(const ScratchFolder& scratch) {
  judge::Problem problem;
  problem.id = "p";
  problem.folder = scratch.path();
  problem.languages = {{Language::javascript, {}, ""}, {Language::python, {}, ""}};
  problem.criteria = {{"bounded", "", 1, true, {Language::javascript, Language::python}},
                      {"busy", "", 1, true, {Language::javascript}}};
  return problem;
}

}  // namespace

TEST_SUITE("judge/submission/shipped") {
  TEST_CASE("the first line names what a submission fails") {
    struct Row {
      const char* source;
      std::optional<Names> fails;
    };
    for (const Row& row : {
             Row{"// fails: bounded, busy\ncode", Names{"bounded", "busy"}},
             Row{"#fails:bounded", Names{"bounded"}},
             Row{"  # fails: a ,b,, \r\n", Names{"a", "b"}},
             Row{"#!/usr/bin/env node\n// fails: a\n", Names{"a"}},
             Row{"\xEF\xBB\xBF// fails: a\n", Names{"a"}},
             Row{"// fails:\n", Names{}},
             Row{"", std::nullopt},
             Row{"\n// fails: a\n", std::nullopt},
             Row{"// it fails: a\n", std::nullopt},
             Row{"/* fails: a */\n", std::nullopt},
             Row{"fails: a\n", std::nullopt},
         }) {
      CAPTURE(row.source);
      CHECK(judge::parse_expectations(row.source) == row.fails);
    }
  }

  TEST_CASE("shipped submissions come by verdict and name, with what they fail") {
    const ScratchFolder scratch;
    scratch.write("submissions/wrong_answer/b.mjs", "// fails: busy\n");
    scratch.write("submissions/wrong_answer/a.py", "# fails: bounded\n");
    scratch.write("submissions/wrong_answer/sometimes.mjs", "// fails: busy, bounded?\n");
    scratch.write("submissions/accepted/s/index.mjs", "// right\n");
    scratch.write("submissions/accepted/.swp", "");
    scratch.write("submissions/time_limit_exceeded/spin.mjs", "// fails: busy\nfor (;;);\n");
    const auto shipped = judge::shipped_submissions(problem_in(scratch));
    REQUIRE(shipped.has_value());
    REQUIRE(shipped->size() == 5);
    CHECK((*shipped)[0].verdict == "accepted");
    CHECK((*shipped)[0].submission.display_name == "s");
    CHECK_FALSE((*shipped)[0].fails.has_value());
    CHECK((*shipped)[1].verdict == "time_limit_exceeded");
    CHECK((*shipped)[2].path == scratch.path() / "submissions/wrong_answer/a.py");
    CHECK((*shipped)[2].fails == Names{"bounded"});
    CHECK((*shipped)[2].may_fail.empty());
    CHECK((*shipped)[3].submission.language == Language::javascript);
    CHECK((*shipped)[4].fails == Names{"busy"});
    CHECK((*shipped)[4].may_fail == Names{"bounded"});
  }

  TEST_CASE("everything wrong with shipped submissions is reported at once") {
    const ScratchFolder scratch;
    scratch.write("submissions/acepted/a.mjs", "x\n");
    scratch.write("submissions/judge_error/a.mjs", "x\n");
    scratch.write("submissions/accepted/empty.mjs", "");
    scratch.write("submissions/accepted/fails.mjs", "// fails: busy\n");
    scratch.write("submissions/wrong_answer/a.mjs", "x\n");
    scratch.write("submissions/wrong_answer/b.py", "# nothing\n");
    scratch.write("submissions/wrong_answer/c.py", "# fails: busy\n");
    scratch.write("submissions/wrong_answer/d.mjs", "// fails: bussy, other\n");
    scratch.write("submissions/wrong_answer/e.mjs", "// fails:\n");
    scratch.write("submissions/wrong_answer/f.mjs", "// fails: busy?\n");
    const auto shipped = judge::shipped_submissions(problem_in(scratch));
    REQUIRE_FALSE(shipped.has_value());
    CHECK(
        scratch.relative(judge::to_error(shipped.error()).message()) ==
        "submissions/accepted/empty.mjs: is empty; write a solution into it\n"
        "submissions/accepted/fails.mjs:1:1: is to be accepted, yet names criteria that it fails; "
        "take that line out\n"
        "submissions/acepted: is no verdict; did you mean 'accepted'?\n"
        "submissions/judge_error: is no verdict; write accepted, wrong_answer, compile_error, "
        "runtime_error, time_limit_exceeded, memory_limit_exceeded, output_limit_exceeded or "
        "security_violation\n"
        "submissions/wrong_answer/a.mjs: names no criteria that it fails; write '// fails: "
        "criterion' as its first line\n"
        "submissions/wrong_answer/b.py: names no criteria that it fails; write '# fails: "
        "criterion' as its first line\n"
        "submissions/wrong_answer/c.py:1:1: fails: 'busy' is not claimed for python; take it out\n"
        "submissions/wrong_answer/d.mjs:1:1: fails: 'bussy' is no criterion of p; did you mean "
        "'busy'?\n"
        "submissions/wrong_answer/d.mjs:1:1: fails: 'other' is no criterion of p; write bounded "
        "or busy\n"
        "submissions/wrong_answer/e.mjs:1:1: fails: names nothing; write '// fails: criterion'\n"
        "submissions/wrong_answer/f.mjs:1:1: fails: names nothing that it fails for sure; take a "
        "'?' away");
  }

  TEST_CASE("a problem without submissions ships none") {
    const ScratchFolder scratch;
    const auto shipped = judge::shipped_submissions(problem_in(scratch));
    REQUIRE(shipped.has_value());
    CHECK(shipped->empty());
  }

  TEST_CASE("every submission that the repository ships loads and names what it fails") {
    for (const judge::ProblemFolder& found : judge::find_problems({JUDGE_PROBLEMS})) {
      CAPTURE(found.id);
      const judge::LoadedProblem problem = judge::load_problem(found.folder);
      REQUIRE(problem.has_value());
      const auto shipped = judge::shipped_submissions(*problem);
      CHECK((shipped ? "" : judge::to_error(shipped.error()).message()) == "");
    }
  }
}
