// Cases of many calls whose signals are aborted, graded for real.
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

std::string handed_over(const std::string& in_signal, const std::string& giving_up,
                        const std::string& work = "{callback: {rejecting: some}}",
                        const std::string& given = "") {
  return R"yaml(  t:
    harness: schedule
    given:
      work: )yaml" +
         work + "\n" + given + R"yaml(
    operations:
      start: {call: run, arguments: [$work], options: {signal: )yaml" +
         in_signal + R"yaml(}}
      giveUp: {abort: )yaml" +
         giving_up + R"yaml(, weight: 2}
    steps: [1, 6]
    check:
      right:
        at_rest: "start.every(c => !c.aborted || c.settled
          && (c.rejected && (language === 'python' || same(c.error, c.abortReason))
          || work.some(w => w.turn === c.turn
          && (w.failed || !w.aborted || w.settledAt < w.abortedAt))))"
      other:
        at_rest: "start.every(c => !c.settled || c.aborted || work.some(w => w.turn === c.turn
          && (w.failed ? c.rejected : c.fulfilled)))"
)yaml";
}

const std::string kShared =
    handed_over("$stop", "$stop", "{callback: {rejecting: some}}", "      stop: {signal: during}");

std::string listening(const std::string& rejects) {
  return "export const run = (work, { signal }) => new Promise((resolve, reject) => {\n"
         "  if (signal.aborted) return reject(signal.reason);\n"
         "  signal.addEventListener('abort', () => reject(" +
         rejects +
         "), { once: true });\n"
         "  work(signal).then(resolve, reject);\n"
         "});\n";
}

}  // namespace

TEST_SUITE("judge/grading/signals") {
  TEST_CASE("calls that share a signal are all aborted with it") {
    const ScratchProblem scratch{kShared};
    CHECK(grade(scratch, listening("signal.reason")).kind == VerdictKind::accepted);
    // The second call takes the first one's place.
    const Verdict verdict = grade(scratch, R"(
export const run = (work, { signal }) => new Promise((resolve, reject) => {
  if (signal.aborted) return reject(signal.reason);
  signal.onabort = () => reject(signal.reason);
  work(signal).then(resolve, reject);
});
)");
    CHECK(verdict.criteria[0].status == CriterionStatus::not_met);
    // Two that start, and the abort.
    CHECK(verdict.criteria[0].evidence->raw_trace->calls.size() == 3);
    CHECK(verdict.criteria[1].status == CriterionStatus::met);
  }

  TEST_CASE("who is handed a shared signal after its abort is handed an aborted one") {
    const ScratchProblem scratch{kShared};
    const Verdict verdict = grade(scratch, R"(
export const run = (work, { signal }) => new Promise((resolve, reject) => {
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  work(signal).then(resolve, reject);
});
)");
    CHECK(verdict.criteria[0].status == CriterionStatus::not_met);
  }

  TEST_CASE("in Python all tasks are cancelled that share a signal") {
    const ScratchProblem scratch{kShared};
    CHECK(grade(scratch, "a.py", "async def run(work):\n    return await work()\n").kind ==
          VerdictKind::accepted);
    const Verdict verdict = grade(scratch, "a.py", R"(import asyncio

async def run(work):
    try:
        return await work()
    except asyncio.CancelledError:
        return None
)");
    CHECK(verdict.criteria[0].status == CriterionStatus::not_met);
  }

  TEST_CASE("an invocation that heeds fails with the reason when its signal is aborted") {
    const std::string heeds = "{callback: {rejecting: some, how: [heeds]}}";
    const ScratchProblem own{handed_over("{signal: during}", "start", heeds)};
    CHECK(grade(own, "export const run = (work, { signal }) => work(signal);\n").kind ==
          VerdictKind::accepted);
    CHECK(grade(own, "export const run = (work) => work();\n").criteria[0].status ==
          CriterionStatus::not_met);
    // What does not heed does not end by that.
    const ScratchProblem deaf{handed_over("{signal: during}", "start")};
    CHECK(grade(deaf, "export const run = (work, { signal }) => work(signal);\n")
              .criteria[0]
              .status == CriterionStatus::not_met);
  }

  TEST_CASE("reasons are errors, or anything where the problem says so") {
    const std::string swaps = listening("signal.reason || new Error('aborted')");
    const ScratchProblem errors{handed_over("{signal: during}", "start")};
    CHECK(grade(errors, swaps).kind == VerdictKind::accepted);
    const ScratchProblem any{handed_over("{signal: during, reasons: any}", "start")};
    CHECK(grade(any, swaps).criteria[0].status == CriterionStatus::not_met);
    CHECK(grade(any, listening("signal.reason")).kind == VerdictKind::accepted);
  }
}
