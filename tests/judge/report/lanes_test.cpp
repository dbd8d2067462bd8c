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
          "  ● starts  ✓ succeeds  ✗ fails  ! aborted\n");
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
          "  ● starts  ✓ succeeds  ✗ fails  ! aborted\n");
  }

  TEST_CASE("where time passes a line tells what time it is") {
    judge::Evidence later = evidence();
    std::vector<harness::Event>& events = later.raw_trace->events;
    for (std::size_t i = 4; i < events.size(); ++i) events[i].at = i < 7 ? 250 : 60'000;
    CHECK(judge::draw_lanes(later, judge::Paint{false}) ==
          "           1   2   3   4   5   6     7\n"
          "  ms       0         250         60000\n"
          "  task 0   ●───────────────────!─────✓  undefined\n"
          "  task 1       ●───────✗                undefined\n"
          "  call  ───────────────────✗            rejects with undefined\n"
          "  ● starts  ✓ succeeds  ✗ fails  ! aborted\n");
  }

  TEST_CASE("of a long case the end is drawn, and what has a part in it") {
    judge::Evidence evidence;
    harness::Trace trace;
    for (std::uint32_t i = 0; i < 20; ++i) {
      trace.inputs.push_back({.kind = harness::ControlledKind::task,
                              .how = "later",
                              .fails = false,
                              .value = {},
                              .error = {},
                              .arguments = {}});
      trace.events.push_back(event(Kind::started, i));
      if (i > 0) trace.events.push_back(event(Kind::settle, i, true));
    }
    evidence.trace = judge::lines_of(trace);
    evidence.raw_trace = trace;
    evidence.failed_at = 38;
    const std::string drawn = judge::draw_lanes(evidence, judge::Paint{false});
    CHECK(drawn.starts_with("  (20 earlier events are in the JSON verdict)\n"));
    CHECK(drawn.find("\n  task 0 ───────") != std::string::npos);  // it still runs
    CHECK(drawn.find("\n  task 9 ") == std::string::npos);
    CHECK(drawn.find("\n  task 11       ●───✓") != std::string::npos);
    CHECK(drawn.find("\n  task 19") != std::string::npos);
    CHECK(drawn.find("▲ here\n  (1 later events are in the JSON verdict)") != std::string::npos);
  }

  TEST_CASE("a long call is cut in its lane and written out below") {
    judge::Evidence evidence;
    harness::Trace trace;
    trace.operations = {"put"};
    trace.calls = {{.operation = "", .on = {}, .arguments = {}, .cancel_reason = {}},
                   {.operation = "put",
                    .on = {},
                    .arguments = harness::Value{harness::List{
                        {harness::Value{std::string(60, 'k')}, harness::Value{true}}}},
                    .cancel_reason = {}}};
    trace.events = {event(Kind::operation), event(Kind::returned), event(Kind::fulfilled)};
    for (harness::Event& each : trace.events) each.call = 1;
    evidence.trace = judge::lines_of(trace);
    evidence.raw_trace = trace;
    CHECK(judge::draw_lanes(evidence, judge::Paint{false}) ==
          "                                                1   2\n"
          "  call 1 put('kkkkkkkkkkkkkkkkkkkkkkkkkkkk...   ●───✓  returns undefined\n"
          "  call 1 is put('" +
              std::string(60, 'k') +
              "', true)\n"
              "  ● starts  ✓ succeeds\n");
  }

  TEST_CASE("evidence without a trace draws nothing") {
    CHECK(judge::draw_lanes({}, judge::Paint{false}).empty());
  }
}
