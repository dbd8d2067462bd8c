// Property tests, graded for real.
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

const Evidence& evidence_in(const Verdict& verdict, std::size_t criterion = 0) {
  REQUIRE(verdict.criteria[criterion].status == CriterionStatus::not_met);
  REQUIRE(verdict.criteria[criterion].evidence.has_value());
  return *verdict.criteria[criterion].evidence;
}

bool fails_again(const ScratchProblem& scratch, const std::string& name, const std::string& source,
                 const std::string& replay) {
  const auto outcome =
      grader().replay(scratch.problem(), scratch.submission(name, source), "t", "right", replay);
  REQUIRE_MESSAGE(outcome.has_value(), outcome.error().message());
  return outcome->fails_again;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Squares, compared with a reference, which rejects what is below 0.
const std::string kSquares = R"yaml(  t:
    harness: property
    cases: 300
    given: {n: {integer: [-1000, 1000]}}
    call: [$n]
    check:
      right: {equals: reference}
      other: {finally: "!returnedPromise"}
)yaml";
const std::string kSquare =
    "export const run = (n) => { if (n < 0) throw new RangeError('below'); return n * n; };\n";

// run(x) answers a text, run(text, true) what it was made of.
const std::string kRoundTrip = R"yaml(  t:
    harness: property
    cases: 300
    given: {x: {list: {integer: [0, 100]}}}
    calls:
      text: [$x]
      back: [$text, true]
    check:
      right: {finally: "same(back.value, x)"}
      other: {finally: "text.unchanged"}
)yaml";
const std::string kCodec =
    "export const run = (x, back) => back ? JSON.parse(x) : JSON.stringify(x);\n";

}  // namespace

TEST_SUITE("judge/grading/property") {
  TEST_CASE("what does as the reference does is accepted, written in another way too") {
    const ScratchProblem scratch{kSquares, kSquare};
    CHECK(grade(scratch, "a.mjs", kSquare).kind == VerdictKind::accepted);
    CHECK(grade(scratch, "b.mjs",
                "export const run = (n) => {\n  if (n >= 0) return n ** 2;\n"
                "  throw new (class Below extends RangeError {})('other words');\n};\n")
              .kind == VerdictKind::accepted);
  }

  TEST_CASE("a difference is shown as the smallest case, with literals, and can be replayed") {
    const ScratchProblem scratch{kSquares, kSquare};
    const std::string source =
        "export const run = (n) => {\n  if (n < 0) throw new RangeError('below');\n"
        "  return n < 17 ? n * n : n * n + 1;\n};\n";
    const Verdict verdict = grade(scratch, "a.mjs", source);
    const Evidence& evidence = evidence_in(verdict);
    CHECK(evidence.summary() == "expected run(17) to return 289; it returned 290");
    CHECK(evidence.reproducible);
    CHECK(evidence.found_at > 0);
    REQUIRE(evidence.given.size() == 1);
    CHECK(evidence.given[0] == std::pair<std::string, std::string>{"n", "17"});
    REQUIRE(evidence.calls.size() == 1);
    CHECK(evidence.calls[0].call == "run(17)");
    CHECK(evidence.calls[0].outcome == "returned 290");
    CHECK(evidence.calls[0].expected == "returned 289");
    CHECK(fails_again(scratch, "a.mjs", source, evidence.replay));
    CHECK_FALSE(fails_again(scratch, "b.mjs", kSquare, evidence.replay));
    CHECK(verdict.criteria[1].status == CriterionStatus::met);
  }

  TEST_CASE("the class of an error counts, and whether there is one") {
    const ScratchProblem scratch{kSquares, kSquare};
    const Verdict returned = grade(scratch, "a.mjs", "export const run = (n) => n * n;\n");
    CHECK(contains(evidence_in(returned).summary(),
                   "to fail with new RangeError(\"below\"); it returned 1"));
    const Verdict thrown =
        grade(scratch, "b.mjs",
              "export const run = (n) => { if (n < 0) throw 'below'; return n * n; };\n");
    CHECK(contains(evidence_in(thrown).summary(), "it threw \"below\""));
  }

  TEST_CASE("round trips hold for right codecs, in both languages, at once or later") {
    const ScratchProblem scratch{kRoundTrip};
    CHECK(grade(scratch, "a.mjs", kCodec).kind == VerdictKind::accepted);
    CHECK(grade(scratch, "b.mjs",
                "export async function run(x, back) {\n"
                "  await new Promise((resolve) => setTimeout(resolve, 1000));\n"
                "  return back ? JSON.parse(x) : JSON.stringify(x);\n}\n")
              .kind == VerdictKind::accepted);
    CHECK(grade(scratch, "a.py",
                "import json\ndef run(x, back=False):\n"
                "    return json.loads(x) if back else json.dumps(x)\n")
              .kind == VerdictKind::accepted);
  }

  TEST_CASE("calls that take many turns of the event loop together are waited for") {
    const ScratchProblem scratch{kRoundTrip};
    CHECK(grade(scratch, "a.mjs",
                "export async function run(x, back) {\n"
                "  for (let i = 0; i < 5; ++i) await new Promise((done) => setImmediate(done));\n"
                "  return back ? JSON.parse(x) : JSON.stringify(x);\n}\n")
              .kind == VerdictKind::accepted);
    CHECK(grade(scratch, "a.py",
                "import asyncio, json\nasync def run(x, back=False):\n"
                "    for _ in range(20):\n        await asyncio.sleep(0)\n"
                "    return json.loads(x) if back else json.dumps(x)\n")
              .kind == VerdictKind::accepted);
  }

  TEST_CASE("a round trip that loses something is shrunk to what it loses") {
    const ScratchProblem scratch{kRoundTrip};
    const Verdict verdict =
        grade(scratch, "a.py",
              "import json\ndef run(x, back=False):\n"
              "    return json.loads(x) if back else json.dumps([i for i in x if i != 42])\n");
    const Evidence& evidence = evidence_in(verdict);
    CHECK(evidence.given[0].second == "[42]");
    REQUIRE(evidence.calls.size() == 2);
    CHECK(evidence.calls[0].call == "text = run([42])");
    CHECK(evidence.calls[1].call == "back = run(\"[]\", True)");
    CHECK(evidence.calls[1].outcome == "returned []");
  }

  TEST_CASE("a call that changes its arguments is noticed, and the next one is not its victim") {
    const ScratchProblem scratch{kRoundTrip};
    const Verdict verdict = grade(scratch, "a.mjs",
                                  "export const run = (x, back) => {\n"
                                  "  if (back) return JSON.parse(x);\n"
                                  "  const text = JSON.stringify(x);\n"
                                  "  x.push(7);\n  return text;\n};\n");
    CHECK(verdict.criteria[0].status == CriterionStatus::met);
    CHECK(contains(evidence_in(verdict, 1).calls[0].outcome, "its arguments then were [[7]]"));
  }

  TEST_CASE("a failure that needs earlier cases keeps them") {
    const ScratchProblem scratch{kSquares, kSquare};
    const std::string source =
        "let calls = 0;\nexport const run = (n) => {\n"
        "  if (n < 0) throw new RangeError('below');\n  return ++calls > 3 ? 0 : n * n;\n};\n";
    const Verdict verdict = grade(scratch, "a.mjs", source);
    const Evidence& evidence = evidence_in(verdict);
    CHECK(evidence.reproducible);
    CHECK(contains(evidence.summary(), "only after 3 earlier case(s)"));
    CHECK(fails_again(scratch, "a.mjs", source, evidence.replay));
  }

  TEST_CASE("a failure that does not come again is told as nondeterministic, not forgotten") {
    const ScratchProblem scratch{kSquares, kSquare};
    const Verdict verdict =
        grade(scratch, "a.mjs",
              "export const run = (n) => {\n  if (n < 0) throw new RangeError('below');\n"
              "  return crypto.getRandomValues(new Uint8Array(1))[0] < 25 ? -1 : n * n;\n};\n");
    CHECK_FALSE(evidence_in(verdict).reproducible);
  }

  TEST_CASE("a program that ends, hangs or leaves errors lying gets the verdict for that") {
    const ScratchProblem scratch{kSquares, kSquare};
    const auto kind = [&](const std::string& body) {
      return grade(scratch, "a.mjs", "export const run = (n) => { " + body + " };\n").kind;
    };
    CHECK(kind("if (n > 100) process.exit(0); if (n < 0) throw new RangeError(); return n * n;") ==
          VerdictKind::runtime_error);
    CHECK(kind("if (n > 100) for (;;); if (n < 0) throw new RangeError(); return n * n;") ==
          VerdictKind::time_limit_exceeded);
    CHECK(kind("Promise.reject(new Error('lost')); if (n < 0) throw new RangeError(); return n * "
               "n;") == VerdictKind::runtime_error);
    CHECK(kind("return new Promise(() => {});") == VerdictKind::wrong_answer);
  }

  TEST_CASE("values that only look right are not") {
    const ScratchProblem scratch{kRoundTrip};
    const auto kind = [&](const std::string& result) {
      return grade(scratch, "a.mjs",
                   "export const run = (x, back) => back ? " + result + " : JSON.stringify(x);\n")
          .kind;
    };
    CHECK(kind("JSON.parse(x)") == VerdictKind::accepted);
    CHECK(kind("new Proxy(JSON.parse(x), { get() { throw 1; } })") == VerdictKind::wrong_answer);
    CHECK(kind("(() => { const a = []; a.push(a); return a; })()") == VerdictKind::wrong_answer);
    CHECK(kind("({ get length() { return 0; } })") == VerdictKind::wrong_answer);
    CHECK(kind("(Array.prototype.toJSON = () => 'same', [])") == VerdictKind::wrong_answer);
    CHECK(kind("(JSON.stringify = () => x, Object.is = () => true, [])") ==
          VerdictKind::wrong_answer);
  }

  TEST_CASE("a slow program is not ended by what many cases take together") {
    const ScratchProblem scratch{R"yaml(  t:
    harness: property
    cases: 45
    given: {n: integer}
    call: [$n]
    check:
      right: {finally: "result === n"}
      other: {finally: "fulfilled"}
)yaml"};
    const Verdict verdict = grade(scratch, "a.mjs",
                                  "export const run = (n) => {\n"
                                  "  const end = process.cpuUsage().user + 50_000;\n"
                                  "  while (process.cpuUsage().user < end);\n  return n;\n};\n");
    CHECK(verdict.kind == VerdictKind::accepted);
    REQUIRE(verdict.search.size() == 1);
    CHECK(verdict.search[0].cases == 45);
  }

  TEST_CASE("all cases are run where there are few, and the verdict says so") {
    const ScratchProblem scratch{R"yaml(  t:
    harness: property
    given: {a: boolean, b: {integer: [1, 20]}}
    call: [$a, $b]
    check:
      right: {finally: "result === b"}
      other: {finally: "fulfilled"}
)yaml"};
    const Verdict verdict = grade(scratch, "a.mjs", "export const run = (a, b) => b;\n");
    REQUIRE(verdict.search.size() == 1);
    CHECK(verdict.search[0].exhaustive);
    CHECK(verdict.search[0].cases == 41);  // the simplest one comes first and once more
    const Verdict wrong =
        grade(scratch, "b.mjs", "export const run = (a, b) => a && b === 13 ? 0 : b;\n");
    CHECK(evidence_in(wrong).given[1].second == "13");
  }

  TEST_CASE("a name that no predicate knows is an error of the problem, with its position") {
    const ScratchProblem scratch{R"yaml(  t:
    harness: property
    given: {a: boolean}
    calls: {once: [$a]}
    check:
      right: {finally: "once.valu === a"}
      other: {finally: "result === a"}
)yaml"};
    const auto status = grader().check_predicates(scratch.problem());
    REQUIRE_FALSE(status.has_value());
    CHECK(contains(status.error().message(), "'valu' is no documented property; did you mean"));
    CHECK(contains(status.error().message(), "'result' is not a name here"));
  }
}
