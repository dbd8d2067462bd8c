// What objects of earlier cases keep of memory and threads is not held against later ones: that all
// live in one process is the judge's doing.
#include <string>

#include <doctest/doctest.h>

#include "tests/judge/grading/scratch_problem.hpp"

using judge::VerdictKind;
using judge::test::grade;
using judge::test::ScratchProblem;

namespace {

const std::string kNumbers = R"yaml(  t:
    harness: schedule
    cases: 150
    object: []
    operations:
      add: {call: add, arguments: [{integer: [0, 9]}]}
    steps: [0, 3]
    check:
      right: {finally: "add.every(c => c.value === c.arguments[0] + 1)"}
      other: {finally: "add.every(c => c.settled)"}
)yaml";

}  // namespace

TEST_SUITE("judge/grading/leftovers") {
  TEST_CASE("memory that timers of earlier objects keep alive is no reason to fail") {
    const ScratchProblem scratch{kNumbers};
    CHECK(grade(scratch, R"(
export class run {
  constructor() {
    this.room = Buffer.alloc(8 << 20, 1);
    setInterval(() => this.room[0]++, 60_000).unref();
  }
  add(n) { return n + this.room[1]; }
}
)")
              .kind == VerdictKind::accepted);
  }

  TEST_CASE("but one object that is too large by itself does") {
    const ScratchProblem scratch{kNumbers};
    CHECK(grade(scratch, R"(
export class run {
  constructor() { this.rooms = Array.from({ length: 60 }, () => Buffer.alloc(8 << 20, 1)); }
  add(n) { return n + this.rooms[0][1]; }
}
)")
              .kind == VerdictKind::memory_limit_exceeded);
  }

  TEST_CASE("threads of earlier objects do not use up those of later ones") {
    const ScratchProblem scratch{kNumbers};
    CHECK(grade(scratch, "a.py", R"(
import threading
class run:
    def __init__(self):
        self.done = threading.Timer(3600, lambda: None)
        self.done.daemon = True
        self.done.start()
    def add(self, n):
        return n + 1
)")
              .kind == VerdictKind::accepted);
  }
}
