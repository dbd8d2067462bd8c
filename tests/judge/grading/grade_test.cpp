#include "judge/grading/grade.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/judge/grading/scratch_problem.hpp"

using judge::CriterionStatus;
using judge::Verdict;
using judge::VerdictKind;
using judge::test::grade;
using judge::test::grader;
using judge::test::ScratchProblem;

namespace {

// A schedule test over up to four tasks with these two checks.
std::string schedule(const std::string& right, const std::string& other) {
  return "  t:\n    harness: schedule\n    given: {tasks: {tasks: [0, 4], rejecting: some}}\n"
         "    call: [$tasks]\n    check:\n      right: " +
         right + "\n      other: " + other + "\n";
}

constexpr const char* kAll = "export const run = (tasks) => Promise.all(tasks.map((t) => t()));\n";
const char* const kOrdered =
    "{finally: \"failures.length > 0 || same(result, tasks.map(t => t.value))\"}";
const char* const kRejects =
    "{finally: \"failures.length === 0 || same(error, failures[0].error)\"}";

std::string refusal(const std::string& right) {
  const ScratchProblem scratch{schedule(right, kRejects)};
  const auto status = grader().check_predicates(scratch.problem());
  REQUIRE_FALSE(status.has_value());
  CHECK(status.error().kind() == base::Error::Kind::invalid_input);
  const std::string& message = status.error().message();
  return message.substr(message.find("problem.yaml"));
}

}  // namespace

TEST_SUITE("judge/grading/grade") {
  TEST_CASE("a right solution is accepted in both languages") {
    const ScratchProblem scratch{schedule(kOrdered, kRejects)};
    CHECK(grade(scratch, "a.mjs", kAll).kind == VerdictKind::accepted);
    CHECK(grade(scratch, "a.py",
                "import asyncio\nasync def run(tasks):\n"
                "    return await asyncio.gather(*[t() for t in tasks])\n")
              .kind == VerdictKind::accepted);
  }

  TEST_CASE("a wrong one fails its criterion with the smallest case, and that case fails again") {
    const ScratchProblem scratch{schedule(kOrdered, kRejects)};
    const std::string source =
        "export async function run(tasks) {\n  const out = [];\n"
        "  await Promise.all(tasks.map((t) => t().then((v) => out.push(v))));\n  return out;\n}\n";
    const Verdict verdict = grade(scratch, "a.mjs", source);
    CHECK(verdict.kind == VerdictKind::wrong_answer);
    REQUIRE(verdict.criteria[0].evidence.has_value());
    CHECK(verdict.criteria[1].status == CriterionStatus::met);
    const judge::Evidence& evidence = *verdict.criteria[0].evidence;
    CHECK(evidence.reproducible);
    CHECK(evidence.raw_trace->inputs.size() == 2);
    const auto again = grader().replay(scratch.problem(), scratch.submission("a.mjs", source), "t",
                                       "right", evidence.replay);
    REQUIRE(again.has_value());
    CHECK(again->fails_again);
    const auto other = grader().replay(scratch.problem(), scratch.submission("b.mjs", kAll), "t",
                                       "right", evidence.replay);
    REQUIRE(other.has_value());
    CHECK_FALSE(other->fails_again);
  }

  TEST_CASE("a failure that needs an earlier call keeps that call in its replay") {
    const ScratchProblem scratch{schedule(kOrdered, kRejects)};
    const Verdict verdict = grade(scratch, "a.mjs",
                                  "let calls = 0;\nexport async function run(tasks) {\n"
                                  "  const all = await Promise.all(tasks.map((t) => t()));\n"
                                  "  return ++calls > 1 ? [...all, 'more'] : all;\n}\n");
    REQUIRE(verdict.criteria[0].evidence.has_value());
    CHECK(verdict.criteria[0].evidence->reproducible);
    CHECK(verdict.criteria[0].evidence->replay.find('.') != std::string::npos);
  }

  TEST_CASE("a failure that does not come again is told as nondeterministic, not forgotten") {
    const ScratchProblem scratch{schedule(kOrdered, kRejects)};
    const Verdict verdict = grade(scratch, "a.mjs",
                                  "export async function run(tasks) {\n"
                                  "  const all = await Promise.all(tasks.map((t) => t()));\n"
                                  "  const byte = crypto.getRandomValues(new Uint8Array(1))[0];\n"
                                  "  return byte < 25 ? [...all, 'more'] : all;\n}\n");
    CHECK(verdict.kind == VerdictKind::wrong_answer);
    REQUIRE(verdict.criteria[0].evidence.has_value());
    const judge::Evidence& evidence = *verdict.criteria[0].evidence;
    CHECK_FALSE(evidence.reproducible);
    CHECK_FALSE(evidence.trace.empty());
    CHECK_FALSE(evidence.other_trace.empty());
  }

  TEST_CASE("Math.random is no reason for another verdict: it draws the same in every run") {
    const ScratchProblem scratch{schedule(kOrdered, kRejects)};
    const std::string source =
        "export async function run(tasks) {\n"
        "  const all = await Promise.all(tasks.map((t) => t()));\n"
        "  return Math.random() < 0.05 ? [...all, 'more'] : all;\n}\n";
    const Verdict first = grade(scratch, "a.mjs", source);
    const Verdict second = grade(scratch, "a.mjs", source);
    REQUIRE(first.criteria[0].evidence.has_value());
    REQUIRE(second.criteria[0].evidence.has_value());
    CHECK(first.criteria[0].evidence->replay == second.criteria[0].evidence->replay);
    CHECK(first.criteria[0].evidence->found_at == second.criteria[0].evidence->found_at);
  }

  TEST_CASE("whether the same case goes the same way twice is told") {
    const ScratchProblem scratch{schedule(kOrdered, kRejects)};
    CHECK(grade(scratch, "a.mjs", kAll).search[0].is_deterministic);
    const Verdict verdict =
        grade(scratch, "b.mjs",
              "export async function run(tasks) {\n"
              "  const bytes = crypto.getRandomValues(new Uint8Array(tasks.length));\n"
              "  const order = tasks.map((_, i) => i).sort((a, b) => bytes[a] - bytes[b]);\n"
              "  const started = [];\n  for (const i of order) started[i] = tasks[i]();\n"
              "  return Promise.all(started);\n}\n");
    CHECK(verdict.criteria[0].status == CriterionStatus::met);
    CHECK_FALSE(verdict.search[0].is_deterministic);
  }

  TEST_CASE("tests share processes: what only another test's cases bring about can be replayed") {
    const std::string one = "{tasks: {tasks: [0, 0]}}";
    const std::string many = "{tasks: {tasks: [1, 3]}}";
    const auto test = [](const std::string& name, const std::string& given,
                         const std::string& check) {
      return "  " + name + ":\n    harness: schedule\n    given: " + given +
             "\n    call: [$tasks]\n    check: {" + check + "}\n";
    };
    const ScratchProblem scratch{test("empty", one, "other: {finally: \"fulfilled\"}") +
                                 test("some", many, std::string{"right: "} + kOrdered)};
    const std::string source =
        "let spoilt = false;\nexport async function run(tasks) {\n"
        "  if (tasks.length === 0) spoilt = true;\n"
        "  const all = await Promise.all(tasks.map((t) => t()));\n"
        "  return spoilt ? [...all, 'more'] : all;\n}\n";
    const Verdict verdict = grade(scratch, "a.mjs", source);
    REQUIRE(verdict.criteria[0].evidence.has_value());
    const judge::Evidence& evidence = *verdict.criteria[0].evidence;
    CHECK(evidence.reproducible);
    CHECK(evidence.replay.find("r2:empty:") == 0);
    const auto again = grader().replay(scratch.problem(), scratch.submission("a.mjs", source),
                                       "some", "right", evidence.replay);
    REQUIRE_MESSAGE(again.has_value(), again.error().message());
    CHECK(again->fails_again);
  }

  TEST_CASE("a known counterexample is the first case that is tried") {
    const std::string source =
        "export async function run(tasks) {\n  const out = [];\n"
        "  await Promise.all(tasks.map((t) => t().then((v) => out.push(v))));\n  return out;\n}\n";
    const ScratchProblem plain{schedule(kOrdered, kRejects)};
    const Verdict found = grade(plain, "a.mjs", source);
    REQUIRE(found.criteria[0].evidence.has_value());
    const ScratchProblem knowing{schedule(kOrdered, kRejects) + "    known: ['" +
                                 found.criteria[0].evidence->replay + "']\n"};
    const Verdict verdict = grade(knowing, "a.mjs", source);
    REQUIRE(verdict.criteria[0].evidence.has_value());
    CHECK(verdict.criteria[0].evidence->found_at == 1);
  }

  TEST_CASE("a test is not run when all that it checks has failed before") {
    const ScratchProblem scratch{
        schedule(kOrdered, kRejects) +
        "  again:\n    harness: schedule\n    given: {tasks: {tasks: [0, 4]}}\n"
        "    call: [$tasks]\n    check:\n      right: " +
        kOrdered + "\n"};
    const Verdict verdict = grade(scratch, "a.mjs", "export const run = async () => ['x'];\n");
    REQUIRE(verdict.search.size() == 2);
    CHECK(verdict.search[1].skipped);
    CHECK(verdict.search[1].cases == 0);
  }

  TEST_CASE("an unhandled rejection ends the program, unless a predicate judges it") {
    const std::string source =
        "export const run = (tasks) => {\n  const all = tasks.map((t) => t());\n"
        "  return Promise.all(all.map((p) => { p.then(() => {}); return p; }));\n};\n";
    const ScratchProblem silent{schedule(kOrdered, kRejects)};
    CHECK(grade(silent, "a.mjs", source).kind == VerdictKind::runtime_error);
    const ScratchProblem judging{schedule(kOrdered, "{finally: \"unhandled.length === 0\"}")};
    const Verdict verdict = grade(judging, "a.mjs", source);
    CHECK(verdict.kind == VerdictKind::wrong_answer);
    CHECK(verdict.criteria[0].status == CriterionStatus::met);
    CHECK(verdict.criteria[1].status == CriterionStatus::not_met);
  }

  TEST_CASE("only the criteria that were asked for are judged") {
    const ScratchProblem scratch{schedule(kOrdered, kRejects)};
    const auto submission = scratch.submission("a.mjs", "export const run = () => {};\n");
    const auto verdict =
        grader().grade(scratch.problem(), submission,
                       {.seed = {}, .only = {"other"}, .ablation = {}, .on_progress = {}});
    REQUIRE(verdict.has_value());
    REQUIRE(verdict->criteria.size() == 1);
    CHECK(verdict->criteria[0].criterion.id == "other");
  }

  TEST_CASE("a module in a .js file is a module") {
    const ScratchProblem scratch{schedule(kOrdered, kRejects)};
    CHECK(grade(scratch, "a.js", kAll).kind == VerdictKind::accepted);
    CHECK(grade(scratch, "b.js", "exports.run = (tasks) => Promise.all(tasks.map((t) => t()));\n")
              .kind == VerdictKind::accepted);
  }

  TEST_CASE("a predicate that throws is the author's mistake, never the candidate's") {
    const ScratchProblem scratch{schedule("{finally: \"error.message === 'x'\"}", kRejects)};
    const auto verdict = grader().grade(scratch.problem(), scratch.submission("a.mjs", kAll), {});
    REQUIRE_FALSE(verdict.has_value());
    CHECK(verdict.error().kind() == base::Error::Kind::internal);
    CHECK(verdict.error().message().find("guard it") != std::string::npos);
  }
}

TEST_SUITE("judge/grading/predicates") {
  TEST_CASE("a name that does not exist is an error with its place, not a check that never fires") {
    CHECK(refusal("{always: \"runing.length <= 2\"}") ==
          "problem.yaml:20:24: 'runing.length <= 2': 'runing' is not a name here; did you mean "
          "'running'?");
    CHECK(refusal("{always: \"running.length <= ceiling\"}") ==
          "problem.yaml:20:42: 'running.length <= ceiling': 'ceiling' is not a name here");
  }

  TEST_CASE("a misspelt property is refused, a field of the submission's data needs brackets") {
    CHECK(refusal("{always: \"tasks.every(t => t.abortd)\"}") ==
          "problem.yaml:20:43: 'tasks.every(t => t.abortd)': 'abortd' is no documented property; "
          "did you mean 'aborted'?");
    const ScratchProblem scratch{
        schedule("{always: \"!fulfilled || !result['abortd']\"}", kRejects)};
    CHECK(grader().check_predicates(scratch.problem()).has_value());
  }

  TEST_CASE("what is no expression, or would change something, is refused") {
    CHECK(refusal("{always: \"running.length <=\"}").find("not a JavaScript expression") !=
          std::string::npos);
    CHECK(refusal("{always: \"settled = true\"}").find("must not change anything") !=
          std::string::npos);
    CHECK(refusal("{always: \"settled; true\"}").find("something follows the expression") !=
          std::string::npos);
    CHECK(refusal("{always: \"process\"}").find("'process' is not a name here") !=
          std::string::npos);
  }

  TEST_CASE("every mistake is told at once") {
    const ScratchProblem scratch{schedule("{always: \"one\"}", "{always: \"two\"}")};
    const auto status = grader().check_predicates(scratch.problem());
    REQUIRE_FALSE(status.has_value());
    CHECK(std::count(status.error().message().begin(), status.error().message().end(), '\n') == 1);
  }
}
