// Programs that turn on the event loop until their moment has come, without a timer: as right as
// those with one.
#include <string>

#include <doctest/doctest.h>

#include "tests/judge/grading/scratch_problem.hpp"

using judge::VerdictKind;
using judge::test::grade;
using judge::test::ScratchProblem;

namespace {

const std::string kTurning = R"(
const until = async (end) => {
  while (performance.now() < end) await new Promise((next) => setImmediate(next));
};
)";
const std::string kTurningPython = R"(
import asyncio, time
async def until(end):
    while time.monotonic() < end:
        await asyncio.sleep(0)
)";

// One call, in scripts where it can be.
const std::string kCall = R"yaml(  t:
    harness: schedule
    cases: 20
    given: {tasks: {tasks: [0, 3]}}
    call: [$tasks]
    check:
      right: {finally: "settled && same(result, tasks.map(t => t.value))"}
      other: {finally: "settled"}
)yaml";

const std::string kOperations = R"yaml(  t:
    harness: schedule
    cases: 20
    object: []
    operations:
      wait: {call: wait, arguments: [{integer: [1, 2500]}]}
    steps: [1, 4]
    check:
      right: {finally: "wait.every(c => c.fulfilled)"}
      other: {equals: reference}
)yaml";
const std::string kWaiter =
    "export class run { wait(ms) { return new Promise((done) => setTimeout(done, ms)); } }\n";

const std::string kCases = R"yaml(  t:
    harness: cases
    cases:
      - {name: one, call: [30], returns: 30, check: [right, other]}
)yaml";

const std::string kProperty = R"yaml(  t:
    harness: property
    cases: 50
    given: {n: {integer: [0, 90]}}
    call: [$n]
    check:
      right: {finally: "result === n"}
      other: {finally: "returnedPromise"}
)yaml";
const std::string kAnswers =
    "export async function run(n) { await until(performance.now() + n); return n; }\n";

}  // namespace

TEST_SUITE("judge/grading/busy") {
  TEST_CASE("a call that turns until its moment has come is waited for") {
    const ScratchProblem scratch{kCall};
    CHECK(grade(scratch, kTurning + R"(
export async function run(tasks) {
  const results = await Promise.all(tasks.map((task) => task()));
  await until(performance.now() + 1700);
  return results;
}
)")
              .kind == VerdictKind::accepted);
    CHECK(grade(scratch, "a.py", kTurningPython + R"(
async def run(tasks):
    results = await asyncio.gather(*(task() for task in tasks))
    await until(time.monotonic() + 1.7)
    return results
)")
              .kind == VerdictKind::accepted);
  }

  TEST_CASE("and so are many calls, each beside a reference that has timers") {
    const ScratchProblem scratch{kOperations, kWaiter};
    CHECK(grade(scratch, kTurning + R"(
export class run { wait(ms) { return until(performance.now() + ms); } }
)")
              .kind == VerdictKind::accepted);
  }

  TEST_CASE("one that turns for ever is found wrong for that, in time") {
    const ScratchProblem scratch{kCall};
    const judge::Verdict verdict = grade(scratch, R"(
export async function run(tasks) {
  for (;;) await new Promise((next) => setImmediate(next));
}
)");
    CHECK(verdict.kind == VerdictKind::wrong_answer);
    CHECK(verdict.criteria[1].status == judge::CriterionStatus::not_met);
  }

  TEST_CASE("functions of single cases and of properties may turn too") {
    const ScratchProblem cases{kCases};
    CHECK(grade(cases, kTurning + kAnswers).kind == VerdictKind::accepted);
    const ScratchProblem property{kProperty};
    CHECK(grade(property, kTurning + kAnswers).kind == VerdictKind::accepted);
  }
}
