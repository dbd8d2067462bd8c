#include "judge/verdict/decide_verdict.hpp"

#include <signal.h>

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace base::literals;
using judge::CriterionResult;
using judge::CriterionStatus;
using judge::VerdictKind;
using sandbox::EndedBy;

namespace {

const judge::ProblemLimits kLimits{
    .cpu = 4s, .wall = 1500ms, .memory = 256_MiB, .output = 4_MiB, .processes = 32};

sandbox::RunReport ended(EndedBy by) {
  sandbox::RunReport report;
  report.ended_by = by;
  return report;
}

CriterionResult result(CriterionStatus status, bool required = true) {
  return {.criterion = {.id = "x", .text = "x", .weight = 1, .required = required, .languages = {}},
          .status = status,
          .reason = {},
          .evidence = {}};
}

}  // namespace

TEST_SUITE("judge/verdict/decide_verdict") {
  TEST_CASE("every way of ending has its verdict and its sentence") {
    struct Row {
      EndedBy by;
      VerdictKind kind;
      const char* sentence;
    };
    for (const Row& row :
         {Row{EndedBy::cpu_limit, VerdictKind::time_limit_exceeded,
              "used more than 4 s of CPU time"},
          Row{EndedBy::wall_limit, VerdictKind::time_limit_exceeded,
              "did not answer within 1500 ms"},
          Row{EndedBy::memory_limit, VerdictKind::memory_limit_exceeded,
              "used more than 256 MiB of memory"},
          Row{EndedBy::output_limit, VerdictKind::output_limit_exceeded, "printed more than 4 MiB"},
          Row{EndedBy::forbidden_syscall, VerdictKind::security_violation,
              "made a system call that is not allowed"},
          Row{EndedBy::program, VerdictKind::runtime_error,
              "exited with code 0 before it was done"}}) {
      CAPTURE(row.sentence);
      CHECK(judge::verdict_of(ended(row.by), false) == row.kind);
      CHECK(judge::describe_end(ended(row.by), "", kLimits) == row.sentence);
    }
  }

  TEST_CASE("a leave with success in the middle is no success") {
    CHECK(judge::verdict_of(ended(EndedBy::program), false) == VerdictKind::runtime_error);
  }

  TEST_CASE(
      "breaking the protocol is a violation, whatever the exit code, a limit that was hit goes "
      "first") {
    CHECK(judge::verdict_of(ended(EndedBy::caller), true) == VerdictKind::security_violation);
    CHECK(judge::verdict_of(ended(EndedBy::cpu_limit), true) == VerdictKind::time_limit_exceeded);
    CHECK(judge::describe_end(ended(EndedBy::caller), "frame of \x1b length", kLimits) ==
          "wrote to the judge's own channel: frame of \\x1B length");
  }

  TEST_CASE("a signal is named") {
    sandbox::RunReport report = ended(EndedBy::program);
    report.exit = {sandbox::Exit::Kind::signaled, SIGSEGV};
    CHECK(judge::describe_end(report, "", kLimits) == "died of SIGSEGV");
  }

  TEST_CASE("accepted means that every required criterion is met, not judged is not met") {
    CHECK(judge::decide_verdict({}, {result(CriterionStatus::met)}) == VerdictKind::accepted);
    CHECK(judge::decide_verdict({},
                                {result(CriterionStatus::met), result(CriterionStatus::not_met)}) ==
          VerdictKind::wrong_answer);
    CHECK(judge::decide_verdict({}, {result(CriterionStatus::not_run)}) ==
          VerdictKind::wrong_answer);
    CHECK(judge::decide_verdict(
              {}, {result(CriterionStatus::met), result(CriterionStatus::not_met, false)}) ==
          VerdictKind::accepted);
  }

  TEST_CASE("what this host cannot enforce is no fault of the submission, and no pass") {
    CHECK(judge::decide_verdict(
              {}, {result(CriterionStatus::met), result(CriterionStatus::not_enforced)}) ==
          VerdictKind::judge_error);
    CHECK(judge::decide_verdict(
              {}, {result(CriterionStatus::not_met), result(CriterionStatus::not_enforced)}) ==
          VerdictKind::wrong_answer);
    CHECK(judge::decide_verdict({}, {result(CriterionStatus::not_enforced, false)}) ==
          VerdictKind::accepted);
  }

  TEST_CASE("what our search did not decide is no fault of the submission, and no pass") {
    CHECK(judge::decide_verdict(
              {}, {result(CriterionStatus::met), result(CriterionStatus::undecided)}) ==
          VerdictKind::judge_error);
    CHECK(judge::decide_verdict(
              {}, {result(CriterionStatus::not_met), result(CriterionStatus::undecided)}) ==
          VerdictKind::wrong_answer);
    CHECK(judge::decide_verdict({}, {result(CriterionStatus::undecided, false)}) ==
          VerdictKind::accepted);
  }

  TEST_CASE("what ended the program decides before the criteria do") {
    CHECK(judge::decide_verdict(VerdictKind::runtime_error, {result(CriterionStatus::not_met)}) ==
          VerdictKind::runtime_error);
  }
}
