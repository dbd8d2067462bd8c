// Cases of many calls, graded for real.
#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "judge/grading/grade.hpp"
#include "tests/judge/grading/scratch_problem.hpp"

using judge::CriterionStatus;
using judge::Evidence;
using judge::Verdict;
using judge::VerdictKind;
using judge::test::grade;
using judge::test::grader;
using judge::test::ScratchProblem;

namespace {

// What is shown for the first criterion, which is not met.
std::string summary_of(const Verdict& verdict) {
  REQUIRE(verdict.criteria[0].status == CriterionStatus::not_met);
  REQUIRE(verdict.criteria[0].evidence.has_value());
  return verdict.criteria[0].evidence->summary();
}

std::size_t calls_in(const Verdict& verdict) {
  return verdict.criteria[0].evidence->raw_trace->calls.size();
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A counter that adds, and says its sum.
const std::string kCounting = R"yaml(  t:
    harness: schedule
    object: [10]
    operations:
      add: {call: add, arguments: [{integer: [0, 3]}]}
      sum: {call: sum}
    steps: [0, 8]
    check:
      right: {equals: reference}
      other: {always: "sum.every(c => !c.fulfilled || c.value >= 10)"}
)yaml";
const std::string kCounter = R"(export class run {
  #sum;
  constructor(start) { this.#sum = start; }
  add(n) { this.#sum += n; }
  sum() { return this.#sum; }
}
)";

// Is made with options.
const std::string kOptional = R"yaml(  t:
    harness: schedule
    given: {first: {integer: [5, 9]}}
    object: [1]
    options: {startAt: $first}
    operations:
      sum: {call: sum}
    steps: [1, 2]
    check:
      right: {at_rest: "sum.every(c => c.value === first + 1)"}
      other: {at_rest: "object.fulfilled"}
)yaml";

// Calls its function and is as that is. Never two inputs of one turn that end differently.
const std::string kAlike = R"yaml(  t:
    harness: schedule
    given:
      work: {callback: {rejecting: some}}
    operations:
      start: {call: run, arguments: [$work]}
    steps: [4, 10]
    one_turn: alike
    check:
      right:
        at_rest: "work.every(i => !i.settled
          || work.every(o => o.turn !== i.turn || o.failed === i.failed))"
      other: {at_rest: "start.every(c => !c.threw)"}
)yaml";

// Locks one after the other.
const std::string kLocking = R"yaml(  t:
    harness: schedule
    languages: [javascript]
    object: []
    operations:
      lock: {call: lock, arguments: [{signal: during}]}
      unlock: {call: "", on: lock}
      giveUp: {abort: lock}
    steps: [0, 8]
    check:
      right: {at_rest: "lock.filter(c => c.fulfilled && !unlock.some(u => u.on === c)).length <= 1"}
      other: {at_rest: "lock.every(c => !c.aborted || c.settled)"}
  u:
    harness: schedule
    languages: [python]
    given: {tasks: {tasks: [0, 1]}}
    call: [$tasks]
    check:
      right: {finally: "settled"}
      other: {finally: "settled"}
)yaml";

std::string lock_with(const std::string& on_abort) {
  return R"(export class run {
  #held = false;
  #waiting = [];
  lock(signal) {
    return new Promise((resolve, reject) => {
      const grant = () => { this.#held = true; resolve(() => this.#next()); };
      if (!this.#held) return grant();
      this.#waiting.push(grant);
      signal.addEventListener('abort', () => {
)" + on_abort +
         R"(
      });
    });
  }
  #next() {
    const grant = this.#waiting.shift();
    if (grant) grant(); else this.#held = false;
  }
}
)";
}

// Calls its function back later.
const std::string kDelaying = R"yaml(  t:
    harness: schedule
    given:
      work: {callback: {how: [later, returns, throws], rejecting: some}}
    operations:
      start: {call: run, arguments: [$work, {integer: [1, 50]}]}
    steps: [1, 3]
    time: {advance: [1, 100]}
    check:
      right: {equals: reference}
      other: {finally: "start.every(c => work.some(w => w.arguments[0] === c.arguments[1]))"}
)yaml";
const std::string kDelayed = R"(export const run = (work, ms) => new Promise((resolve, reject) => {
  setTimeout(async () => {
    try { resolve(await work(ms)); } catch (error) { reject(error); }
  }, ms);
});
)";

// Is fresh for a second after each touch, by the clock alone. No sum of few steps is a second.
std::string is_fresh(const std::string& after) {
  return R"yaml(  t:
    harness: schedule
    object: []
    operations:
      touch: {call: touch}
      fresh: {call: fresh}
    steps: [0, 6]
    time: {advance: {one_of: [7, 300]})yaml" +
         after + R"yaml(}
    check:
      right: {equals: reference}
      other: {always: "fresh.every(c => !c.fulfilled || touch.length > 0 || c.value === false)"}
)yaml";
}
std::string fresh_while(const std::string& condition) {
  return R"(export class run {
  #touched = -Infinity;
  touch() { this.#touched = Date.now(); }
  fresh() { const age = Date.now() - this.#touched; return )" +
         condition + R"(; }
}
)";
}

// Draws many numbers at once.
const std::string kDrawing = R"yaml(  t:
    harness: schedule
    operations:
      draw: {call: run}
    steps: [1, 1]
    cases: 2
    check:
      right: {finally: "draw.every(c => uniform(c.value))"}
      other: {finally: "draw.every(c => c.value.length === 512)"}
)yaml";
std::string drawing(const std::string& number) {
  return "export const run = () => Array.from({ length: 512 }, () => " + number + ");\n";
}

// Waits, and is neither early nor late.
std::string waiting(const std::string& steps) {
  return R"yaml(  t:
    harness: schedule
    object: []
    operations:
      wait: {call: wait, arguments: [{integer: [1, 20]}]}
    steps: )yaml" +
         steps + R"yaml(
    time: {advance: [1, 60]}
    check:
      right: {at_rest: "wait.every(c => c.settled || c.at + c.arguments[0] >= time)"}
      other: {at_rest: "wait.every(c => !c.settled || Math.abs(c.took - c.arguments[0]) <= 1)"}
)yaml";
}

}  // namespace

TEST_SUITE("judge/grading/operations") {
  TEST_CASE("what behaves as the reference does is accepted, however it is written") {
    const ScratchProblem scratch{kCounting, kCounter};
    const Verdict verdict = grade(scratch, R"(
export function run(start) {
  const added = [start];
  return { add: (n) => void added.push(n), sum: () => added.reduce((a, b) => a + b, 0) };
}
)");
    CHECK(verdict.kind == VerdictKind::accepted);
  }

  TEST_CASE("the first difference is told in a sentence, after the fewest calls") {
    const ScratchProblem scratch{kCounting, kCounter};
    const Verdict verdict = grade(scratch, R"(
export class run {
  constructor(start) { this.total = start; }
  add(n) { this.total += Math.min(n, 2); }
  sum() { return this.total; }
}
)");
    CHECK(verdict.kind == VerdictKind::wrong_answer);
    CHECK(summary_of(verdict) == "expected call 2 sum() to return 13; it returned 12");
    CHECK(calls_in(verdict) == 3);  // the object, add(3), sum()
    CHECK(verdict.criteria[1].status == CriterionStatus::met);
  }

  TEST_CASE("an object that cannot be made differs from one that can") {
    const ScratchProblem scratch{kCounting, kCounter};
    const Verdict verdict =
        grade(scratch, "export class run { constructor() { throw new TypeError('no'); } }\n");
    CHECK(contains(summary_of(verdict), "expected the construction to return"));
    CHECK(calls_in(verdict) == 1);
  }

  TEST_CASE("who refuses to make the object has failed, unless that is what a predicate is about") {
    const std::string refuses =
        "export class run { constructor() { throw new TypeError('no'); } }\n";
    const ScratchProblem scratch{R"yaml(  t:
    harness: schedule
    object: [1]
    operations:
      sum: {call: sum}
    steps: [0, 2]
    check:
      right: {at_rest: "sum.every(c => c.value === 1)"}
      other: {finally: "sum.length <= 2"}
)yaml"};
    const Verdict verdict = grade(scratch, refuses);
    CHECK(verdict.kind == VerdictKind::wrong_answer);
    CHECK(contains(summary_of(verdict), "the object cannot be made, it fails with TypeError"));
    const ScratchProblem about{R"yaml(  t:
    harness: schedule
    object: [-1]
    operations:
      add: {call: add, arguments: [1]}
    steps: [0, 2]
    check:
      right: {finally: "object.threw"}
      other: {finally: "add.every(c => c.value === 1)"}
)yaml"};
    CHECK(grade(about, refuses).kind == VerdictKind::accepted);
  }

  TEST_CASE("options of the object come last, in Python as keywords") {
    const ScratchProblem scratch{kOptional};
    CHECK(grade(scratch, R"(
export class run {
  constructor(n, options) { this.total = n + options.startAt; }
  sum() { return this.total; }
}
)")
              .kind == VerdictKind::accepted);
    const auto python = grader().grade(scratch.problem(), scratch.submission("a.py", R"(
class run:
    def __init__(self, n, *, start_at):
        self.sum = lambda: n + start_at
)"),
                                       {});
    REQUIRE_MESSAGE(python.has_value(), python.error().message());
    CHECK(python->kind == VerdictKind::accepted);
  }

  TEST_CASE("inputs that settle in one turn end alike where the test says so") {
    const ScratchProblem scratch{kAlike};
    const Verdict verdict = grade(scratch, "export const run = (work) => work();\n");
    CHECK(verdict.kind == VerdictKind::accepted);
  }

  TEST_CASE("calls wait for each other, and an abort comes at any moment") {
    const ScratchProblem scratch{kLocking};
    const std::string forgets = "this.#waiting.splice(this.#waiting.indexOf(grant), 1);";
    CHECK(grade(scratch, lock_with("reject(signal.reason);" + forgets)).kind ==
          VerdictKind::accepted);
    const Verdict deaf = grade(scratch, lock_with(""));
    CHECK(deaf.kind == VerdictKind::wrong_answer);
    CHECK(deaf.criteria[0].status == CriterionStatus::met);
    CHECK(deaf.criteria[1].status == CriterionStatus::not_met);
  }

  TEST_CASE("time passes between calls, and both sides live in the same time") {
    const ScratchProblem scratch{kDelaying, kDelayed};
    CHECK(grade(scratch, kDelayed).kind == VerdictKind::accepted);
    CHECK(grade(scratch, R"(
import { setTimeout as sleep } from 'node:timers/promises';
export async function run(work, ms) {
  await sleep(ms);
  return work(ms);
}
)")
              .kind == VerdictKind::accepted);
    const Verdict late = grade(scratch, R"(
export const run = async (work, ms) => {
  await new Promise((resolve) => setTimeout(resolve, ms + 1));
  return work(ms);
};
)");
    CHECK(contains(summary_of(late), "to be called; it was not"));
    CHECK(late.criteria[1].status == CriterionStatus::met);
  }

  TEST_CASE("what counts from an earlier call is asked about at that very moment") {
    const ScratchProblem scratch{is_fresh(", after: [1000]"), fresh_while("age < 1000")};
    CHECK(grade(scratch, fresh_while("!(age >= 1000)")).kind == VerdictKind::accepted);
    const Verdict late = grade(scratch, fresh_while("age <= 1000"));
    CHECK(late.kind == VerdictKind::wrong_answer);
    CHECK(late.criteria[0].evidence->schedule == "touch#1 @1000 fresh#2");
    const Verdict early = grade(scratch, fresh_while("age < 999"));
    CHECK(contains(early.criteria[0].evidence->schedule, " @999 fresh#"));
    // Otherwise the search does not come by.
    const ScratchProblem without{is_fresh(""), fresh_while("age < 1000")};
    CHECK(grade(without, fresh_while("age <= 1000")).kind == VerdictKind::accepted);
  }

  TEST_CASE("numbers that are not spread evenly are said to be what they look like") {
    const ScratchProblem scratch{kDrawing};
    CHECK(grade(scratch, drawing("Math.random()")).kind == VerdictKind::accepted);
    const std::string equal = summary_of(grade(scratch, drawing("0.5 + Math.random() / 2")));
    CHECK(contains(equal, ", even in [0.5, 1]; "));
    const std::string on_top = summary_of(grade(scratch, drawing("1 + Math.random()")));
    CHECK(contains(on_top, ", even in [1, 2]; "));
    const std::string none = summary_of(grade(scratch, drawing("1")));
    CHECK(contains(none, "512 numbers from 1 to 1, always the same; "));
    const std::string root = summary_of(grade(scratch, drawing("Math.sqrt(Math.random())")));
    CHECK(contains(root, "away from even in [0, 1], by chance at most"));
    CHECK_FALSE(contains(root, ", even in"));
  }

  TEST_CASE("a failure of many calls fails again when it is replayed, on the wrong one only") {
    const ScratchProblem scratch{kDelaying, kDelayed};
    const std::string wrong = "export const run = async (work, ms) => work(ms);\n";
    const Verdict verdict = grade(scratch, wrong);
    REQUIRE(verdict.criteria[0].evidence.has_value());
    CHECK(verdict.criteria[0].evidence->reproducible);
    const std::string replay = verdict.criteria[0].evidence->replay;
    const auto again = grader().replay(scratch.problem(), scratch.submission("a.mjs", wrong), "t",
                                       "right", replay);
    REQUIRE_MESSAGE(again.has_value(), again.error().message());
    CHECK(again->fails_again);
    const auto right = grader().replay(scratch.problem(), scratch.submission("b.mjs", kDelayed),
                                       "t", "right", replay);
    REQUIRE_MESSAGE(right.has_value(), right.error().message());
    CHECK_FALSE(right->fails_again);
  }

  TEST_CASE("a reference that breaks is the judge's failure, not the candidate's") {
    const ScratchProblem scratch{kCounting, "export class run { add() { process.exit(3); } }\n"};
    const auto verdict =
        grader().grade(scratch.problem(), scratch.submission("a.mjs", kCounter), {});
    const bool told = !verdict.has_value() || verdict->kind == VerdictKind::judge_error;
    CHECK(told);
  }

  TEST_CASE("a program that turns until its moment has come is judged like one with a timer") {
    const ScratchProblem scratch{waiting("[1, 1]")};
    CHECK(grade(scratch, R"(
export class run {
  wait(ms) {
    const end = performance.now() + ms;
    return new Promise((done) => {
      const look = () => performance.now() >= end ? done() : setImmediate(look);
      look();
    });
  }
}
)")
              .kind == VerdictKind::accepted);
  }

  // Parts of a nanosecond are lost on the way to the clock and back.
  TEST_CASE(
      "a program that looks at the clock when its timer fires, and sets it again, is in time") {
    const ScratchProblem scratch{waiting("[1, 12]")};
    CHECK(grade(scratch, "a.py", R"(
import asyncio, random, time

class run:
    async def wait(self, ms):
        end = time.monotonic() * 1000 + ms - random.random()
        while (left := end - time.monotonic() * 1000) > 0:
            await asyncio.sleep(left / 1000)
)")
              .kind == VerdictKind::accepted);
  }
}
