// Cases in which operations make objects, graded for real.
#include <string>

#include <doctest/doctest.h>

#include "judge/grading/grade.hpp"
#include "tests/judge/grading/scratch_problem.hpp"

using judge::CriterionStatus;
using judge::Verdict;
using judge::VerdictKind;
using judge::test::grade;
using judge::test::ScratchProblem;

namespace {

// Boxes that empty themselves when they are looked into, so that no case leaves anything behind.
const std::string kOperations = R"yaml(
    operations:
      another: {new: run, arguments: [{integer: [1, 3]}]}
      add: {call: add, on: another, once: false, arguments: [{integer: [1, 9]}], weight: 2}
      empty: {call: empty, on: another, once: false, weight: 2}
    steps: [2, 10]
)yaml";
const std::string kPredicates = "  t:\n    harness: schedule" + kOperations + R"yaml(
    check:
      right:
        at_rest: "empty.every(e => e.value === e.on.arguments[0] + add.filter(a => a.on === e.on
          && a.number < e.number && empty.every(o => o.on !== e.on || o.number >= e.number
          || o.number < a.number)).reduce((sum, a) => sum + a.arguments[0], 0)
          || empty.some(o => o.on === e.on && o.number < e.number))"
      other: {at_rest: "another.every(a => a.fulfilled && !a.returnedPromise)"}
)yaml";
const std::string kCompared = "  t:\n    harness: schedule" + kOperations + R"yaml(
    check:
      right: {equals: reference}
      other: {at_rest: "another.every(a => a.on === undefined)"}
)yaml";
const std::string kBesideTheObject = R"yaml(  t:
    harness: schedule
    object: [1]
    operations:
      another: {new: run, arguments: [2]}
      mine: {call: empty}
      theirs: {call: empty, on: another, once: false}
    steps: [1, 6]
    check:
      right: {at_rest: "mine.every(c => c.value <= 1) && theirs.every(c => c.value !== 1)"}
      other: {finally: "calls.every(c => c.settled)"}
)yaml";

const std::string kApart = R"(
export class run {
  #sum;
  constructor(start) { this.#sum = start; }
  add(n) { this.#sum += n; }
  empty() { const sum = this.#sum; this.#sum = 0; return sum; }
}
)";
const std::string kApartPython = R"(
class run:
    def __init__(self, start):
        self.total = start

    def add(self, n):
        self.total += n

    def empty(self):
        total, self.total = self.total, 0
        return total
)";
// What is added goes into one box for all.
const std::string kShared = R"(
let added = 0;
export class run {
  #start;
  constructor(start) { this.#start = start; added = 0; }
  add(n) { added += n; }
  empty() { const sum = this.#start + added; this.#start = added = 0; return sum; }
}
)";

// In two objects, something added to one, and a look at the other.
void check_shared_is_seen(const ScratchProblem& scratch) {
  const Verdict verdict = grade(scratch, "a.mjs", kShared);
  REQUIRE(verdict.criteria[0].status == CriterionStatus::not_met);
  CHECK(verdict.criteria[0].evidence->raw_trace->calls.size() <= 5);
  CHECK(verdict.criteria[1].status == CriterionStatus::met);
}

}  // namespace

TEST_SUITE("judge/grading/objects") {
  TEST_CASE("operations make objects, and what these share is seen") {
    const ScratchProblem scratch{kPredicates};
    CHECK(grade(scratch, "a.mjs", kApart).kind == VerdictKind::accepted);
    CHECK(grade(scratch, "a.py", kApartPython).kind == VerdictKind::accepted);
    check_shared_is_seen(scratch);
  }

  TEST_CASE("objects that operations make are compared with the reference's by what they do") {
    const ScratchProblem scratch{kCompared, kApart};
    CHECK(grade(scratch, "a.mjs", kApart).kind == VerdictKind::accepted);
    // What an object looks like is nobody's business.
    CHECK(grade(scratch, "b.mjs", R"(
export function run(start) {
  let sum = start;
  return { add(n) { sum += n; }, empty() { const all = sum; sum = 0; return all; } };
}
)")
              .kind == VerdictKind::accepted);
    check_shared_is_seen(scratch);
  }

  TEST_CASE("an operation makes an object beside the one that is there") {
    const ScratchProblem scratch{kBesideTheObject};
    CHECK(grade(scratch, "a.mjs", kApart).kind == VerdictKind::accepted);
    CHECK(grade(scratch, "a.py", kApartPython).kind == VerdictKind::accepted);
    const Verdict verdict = grade(scratch, "a.mjs", R"(
let sum = 0;
export class run {
  constructor(start) { sum = start; }
  empty() { return sum; }
}
)");
    CHECK(verdict.criteria[0].status == CriterionStatus::not_met);
  }
}
