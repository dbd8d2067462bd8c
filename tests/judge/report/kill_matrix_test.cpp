#include "judge/report/kill_matrix.hpp"

#include <doctest/doctest.h>

using judge::KillMatrix;
using std::chrono::milliseconds;

TEST_SUITE("judge/report/kill_matrix") {
  TEST_CASE("a line a wrong solution, a column a criterion, and how often each was failed") {
    const KillMatrix matrix{.problem = "runner",
                            .criteria = {"bounded", "ordered", "busy"},
                            .wrong = {{"one_too_many.mjs", {"bounded"}, 41, milliseconds{900}},
                                      {"lazy.ts", {"busy", "bounded"}, {}, milliseconds{1250}}},
                            .right = 4,
                            .slowest_right = milliseconds{2340}};
    CHECK(to_text(matrix, judge::Paint{false}) ==
          "runner: what wrong solutions fail\n"
          "  1 bounded  2 ordered  3 busy \n"
          "                    1  2  3   cases\n"
          "  one_too_many.mjs  ✗  ·  ·      41   0.90 s\n"
          "  lazy.ts           ✗  ·  ✗       -   1.25 s\n"
          "  of 2              2  0  1\n"
          "  4 right solutions, the slowest took 2.34 s\n");
  }

  TEST_CASE("a long legend is broken into lines") {
    const KillMatrix matrix{
        .problem = "p", .criteria = std::vector<std::string>(12, "a-criterion"), .wrong = {}};
    const std::string text = to_text(matrix, judge::Paint{false});
    CHECK(text.find("\n  7 a-criterion") != std::string::npos);
  }
}
