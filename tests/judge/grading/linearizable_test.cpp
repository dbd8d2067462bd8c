// Objects that are compared with a model, graded for real.
#include <algorithm>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "judge/grading/grade.hpp"
#include "judge/report/json_report.hpp"
#include "judge/report/terminal_report.hpp"
#include "tests/judge/grading/scratch_problem.hpp"

using judge::CriterionStatus;
using judge::Verdict;
using judge::VerdictKind;
using judge::test::grade;
using judge::test::grader;
using judge::test::ScratchProblem;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Who waits for a value is served in any order.
const std::string kQueue = R"yaml(  t:
    harness: schedule
    object: []
    operations:
      put: {call: put, arguments: [{integer: [1, 99]}]}
      get: {call: get}
      size: {call: size}
    steps: [0, 8]
    check:
      right: {linearizable: queue, as: {get: take}, without: [size]}
      other: {finally: "size.every(c => c.fulfilled)"}
)yaml";

// `next`: which value is handed out; `waiter`: to whom.
std::string queue(const std::string& next, const std::string& waiter) {
  return "export class run {\n"
         "  #values = [];\n"
         "  #waiting = [];\n"
         "  async put(value) {\n"
         "    if (this.#waiting.length > 0) this.#waiting." +
         waiter +
         "()(value);\n"
         "    else this.#values.push(value);\n"
         "  }\n"
         "  get() {\n"
         "    if (this.#values.length > 0) return Promise.resolve(this.#values." +
         next +
         "());\n"
         "    return new Promise(resolve => this.#waiting.push(resolve));\n"
         "  }\n"
         "  size() { return this.#values.length; }\n"
         "}\n";
}

// A number that is kept elsewhere: changing it takes a read and a write, both of which take time.
const std::string kSlow = R"yaml(  t:
    harness: schedule
    given:
      pause: {callback: {rejecting: none}}
    object: [$pause]
    operations:
      add: {call: add, arguments: [{integer: [1, 3]}]}
      get: {call: get}
    steps: [0, 6]
    check:
      right: {linearizable: counter, as: {add: add_and_get}}
      other: {finally: "true"}
)yaml";
const std::string kOneAfterTheOther = R"(export class run {
  #sum = 0;
  #last = Promise.resolve();
  #pause;
  constructor(pause) { this.#pause = pause; }
  add(n) {
    this.#last = this.#last.then(async () => {
      const sum = this.#sum + n;
      await this.#pause();
      return (this.#sum = sum);
    });
    return this.#last;
  }
  get() { return this.#sum; }
}
)";
const std::string kLostUpdate = R"(export class run {
  #sum = 0;
  #pause;
  constructor(pause) { this.#pause = pause; }
  async add(n) {
    const sum = this.#sum + n;
    await this.#pause();
    return (this.#sum = sum);
  }
  get() { return this.#sum; }
}
)";

}  // namespace

TEST_SUITE("judge/grading/linearizable") {
  TEST_CASE("what serves those who wait in another order is as right as what serves the first") {
    const ScratchProblem scratch{kQueue};
    for (const char* waiter : {"shift", "pop"}) {
      CAPTURE(waiter);
      CHECK(grade(scratch, queue("shift", waiter)).kind == VerdictKind::accepted);
    }
  }

  TEST_CASE("an answer that no order explains is found, made small and drawn") {
    const ScratchProblem scratch{kQueue};
    const Verdict verdict = grade(scratch, queue("pop", "shift"));
    REQUIRE(verdict.criteria[0].status == CriterionStatus::not_met);
    CHECK(verdict.criteria[1].status == CriterionStatus::met);
    const judge::Evidence& evidence = *verdict.criteria[0].evidence;
    CHECK(evidence.reproducible);
    CHECK(evidence.raw_trace->calls.size() == 4);  // the object, two that put and one that gets
    CHECK(evidence.summary() ==
          "no order of the calls explains what they gave, if this were a queue: these 2 operations "
          "cannot all have happened, whichever of 1 others took effect");
    std::string drawn = "\n";
    for (const std::string& line : evidence.explanation) drawn += line + "\n";
    CHECK(drawn == R"(
  call 1  |- put(1) -> ok -|
  call 3                    |- take() -> 2 -|
no order gets past take() -> 2
one order of what was before, 2 operations:
  put(1) -> ok
  put(2) -> ok
  then the object holds [1, 2]
)");
    const std::string terminal = judge::to_terminal(
        verdict, scratch.problem(), {.paint = judge::Paint{false}, .replay_command = {}});
    CHECK(contains(terminal, "\n  " + evidence.explanation.front() + "\n"));
    const auto json = nlohmann::json::parse(judge::to_json(verdict));
    CHECK(json["criteria"][0]["evidence"]["explanation"] == evidence.explanation);
  }

  TEST_CASE("updates that are lost while others wait are found, however the rest is ordered") {
    const ScratchProblem scratch{kSlow};
    CHECK(grade(scratch, kOneAfterTheOther).kind == VerdictKind::accepted);
    const Verdict verdict = grade(scratch, kLostUpdate);
    CHECK(verdict.criteria[0].status == CriterionStatus::not_met);
    CHECK(verdict.criteria[0].evidence->raw_trace->calls.size() == 3);
  }

  TEST_CASE("a failure of a history fails again when it is replayed, on the wrong one only") {
    const ScratchProblem scratch{kQueue};
    const std::string wrong = queue("pop", "shift");
    const Verdict verdict = grade(scratch, wrong);
    REQUIRE(verdict.criteria[0].evidence.has_value());
    const std::string replay = verdict.criteria[0].evidence->replay;
    const auto again = grader().replay(scratch.problem(), scratch.submission("a.mjs", wrong), "t",
                                       "right", replay);
    REQUIRE_MESSAGE(again.has_value(), again.error().message());
    CHECK(again->fails_again);
    CHECK(again->summary == verdict.criteria[0].evidence->summary());
    const auto right =
        grader().replay(scratch.problem(), scratch.submission("b.mjs", queue("shift", "pop")), "t",
                        "right", replay);
    REQUIRE_MESSAGE(right.has_value(), right.error().message());
    CHECK_FALSE(right->fails_again);
  }

  TEST_CASE("what the check cannot tell is the judge's failure, not the candidate's") {
    const std::string cache = R"yaml(  t:
    harness: schedule
    object: []
    operations:
      get: {call: get, arguments: [1]}
    steps: [1, 3]
    time: {advance: [1, 50]}
    check:
      right: {linearizable: lru cache, with: {capacity: 2, ttl: 100}}
      other: {finally: "true"}
)yaml";
    const ScratchProblem scratch{cache};
    CHECK(grade(scratch, "export class run { get() {} }\n").kind == VerdictKind::accepted);
    const Verdict verdict = grade(
        scratch, "export class run { get() { return new Promise(r => setTimeout(r, 9)); } }\n");
    CHECK(verdict.kind == VerdictKind::judge_error);
    CHECK(verdict.criteria[0].status == CriterionStatus::undecided);
    CHECK(contains(verdict.criteria[0].reason, "went on while time passed"));
    REQUIRE(verdict.incident.has_value());
    CHECK(verdict.incident->summary ==
          "criterion right cannot be judged: " + verdict.criteria[0].reason);
  }
}
