#include "judge/report/lanes.hpp"

#include <doctest/doctest.h>

#include "judge/grading/evidence.hpp"

using Kind = harness::Event::Kind;

namespace {

harness::Event event(Kind kind, std::uint32_t index = 0, bool flag = false) {
  return {.kind = kind, .index = index, .flag = flag, .value = {}, .turn = 0};
}

// Two tasks start, the second fails, the call rejects, the first is aborted and then fulfils.
judge::Evidence evidence() {
  harness::Trace trace;
  for (const bool fails : {false, true}) {
    trace.inputs.push_back({.kind = harness::ControlledKind::task,
                            .how = "later",
                            .fails = fails,
                            .value = {},
                            .error = {},
                            .arguments = {}});
  }
  trace.events = {event(Kind::started, 0), event(Kind::started, 1), event(Kind::returned, 0, true),
                  event(Kind::rest),       event(Kind::settle, 1),  event(Kind::rejected),
                  event(Kind::aborted, 0), event(Kind::rest),       event(Kind::settle, 0, true)};
  judge::Evidence evidence;
  evidence.trace = judge::lines_of(trace);
  evidence.raw_trace = trace;
  return evidence;
}

}  // namespace

TEST_SUITE("judge/report/lanes") {
  TEST_CASE("one lane an input, one for the call, a column an event") {
    CHECK(judge::draw_lanes(evidence(), judge::Paint{false}) ==
          "           1   2   3   4   5   6   7\n"
          "  task 0   ●───────────────────!───✓  undefined\n"
          "  task 1       ●───────✗              undefined\n"
          "  call  ───────────────────✗          rejects with undefined\n"
          "  ● starts  ✓ fulfils  ✗ fails  ! aborted\n");
  }

  TEST_CASE("what came after the failure is left out and said to be") {
    judge::Evidence until_two = evidence();
    until_two.failed_at = 2;
    CHECK(judge::draw_lanes(until_two, judge::Paint{false}) ==
          "           1   2\n"
          "  task 0   ●────\n"
          "  task 1       ●\n"
          "  call  ────────\n"
          "               ▲ here\n"
          "  (5 later events are in the JSON verdict)\n"
          "  ● starts  ✓ fulfils  ✗ fails  ! aborted\n");
  }

  TEST_CASE("evidence without a trace draws nothing") {
    CHECK(judge::draw_lanes({}, judge::Paint{false}).empty());
  }
}
