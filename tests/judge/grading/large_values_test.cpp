// What programs hand over may be large where nobody looks at it.
#include <string>

#include <doctest/doctest.h>

#include "tests/judge/grading/scratch_problem.hpp"

using judge::VerdictKind;
using judge::test::grade;
using judge::test::ScratchProblem;

namespace {

const std::string kBox = R"yaml(  t:
    harness: schedule
    cases: 12
    object: []
    operations:
      put: {call: put, arguments: [{integer: [0, 9]}]}
      take: {call: take}
    steps: [20, 20]
    check:
      right: {finally: "take.every(c => c.value === null || c.value < 10)"}
      other: {finally: "take.every(c => c.settled)"}
)yaml";
const std::string kCallback = R"yaml(  t:
    harness: schedule
    cases: 12
    given: {tasks: {tasks: [1, 4], rejecting: some}}
    call: [$tasks]
    check:
      right: {finally: "settled"}
      other:
        finally: >-
          failures.length > 0 || !Array.isArray(result) ||
          same(result.slice(0, tasks.length), tasks.map(t => t.value))
)yaml";

std::string box(const std::string& put) {
  return "export class run {\n  put(n) { this.n = n; return " + put +
         "; }\n  take() { return this.n ?? null; }\n}\n";
}

}  // namespace

TEST_SUITE("judge/grading/large values") {
  TEST_CASE("what a call gives back is as large as it likes, where the test leaves it open") {
    const ScratchProblem scratch{kBox};
    CHECK(grade(scratch, box("new Array(100_000).fill(0)")).kind == VerdictKind::accepted);
    CHECK(grade(scratch, box("'x'.repeat(3_000_000)")).kind == VerdictKind::accepted);
    CHECK(grade(scratch, box("{ pad: new Float64Array(100_000) }")).kind == VerdictKind::accepted);
    CHECK(grade(scratch, box("Array.from({ length: 40_000 }, () => [])")).kind ==
          VerdictKind::accepted);
  }

  TEST_CASE("beside such values a wrong one is still seen") {
    const ScratchProblem scratch{kBox};
    CHECK(grade(scratch,
                "export class run {\n  put(n) { return new Array(100_000).fill(0); }\n"
                "  take() { return 77; }\n}\n")
              .kind == VerdictKind::wrong_answer);
  }

  TEST_CASE("large results and errors of a single call do not break the judge") {
    const ScratchProblem scratch{kCallback};
    const std::string source =
        "export async function run(tasks) {\n"
        "  const all = await Promise.all(tasks.map((t) => t()));\n"
        "  return [...all, ...Array.from({ length: 60_000 }, () => [])];\n}\n";
    const VerdictKind kind = grade(scratch, source).kind;
    const bool is_said = kind == VerdictKind::accepted || kind == VerdictKind::wrong_answer;
    CHECK(is_said);
  }

  TEST_CASE("who floods the judge with values is ended for it") {
    const ScratchProblem scratch{kCallback};
    const std::string source =
        "export async function run(tasks) {\n"
        "  for (let i = 0; i < 15_000; ++i) Promise.reject(new Error('x'.repeat(900)));\n"
        "  return Promise.all(tasks.map((t) => t()));\n}\n";
    CHECK(grade(scratch, source).kind != VerdictKind::accepted);
  }
}
