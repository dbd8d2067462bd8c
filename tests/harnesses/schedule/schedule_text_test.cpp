#include "harnesses/schedule/schedule_text.hpp"

#include <doctest/doctest.h>

using harness::ControlledKind;
using harness::Event;
using harness::Trace;
using harness::Value;

namespace {

harness::Input input(ControlledKind kind) {
  return {.kind = kind, .how = "later", .value = {}, .error = {}, .arguments = {}};
}

}  // namespace

TEST_SUITE("harnesses/schedule/schedule_text") {
  TEST_CASE("a schedule is one word an act, joined where acts share a turn") {
    Trace trace;
    trace.inputs.assign(3, input(ControlledKind::task));
    trace.events = {
        {.kind = Event::Kind::started, .index = 0, .value = {}, .turn = 0},
        {.kind = Event::Kind::settle, .index = 2, .flag = true, .value = {}, .turn = 1},
        {.kind = Event::Kind::settle, .index = 0, .flag = false, .value = {}, .turn = 1},
        {.kind = Event::Kind::rest, .value = {}, .turn = 1},
        {.kind = Event::Kind::wait, .value = {}, .turn = 2},
        {.kind = Event::Kind::cancel, .value = {}, .turn = 3},
    };
    CHECK(harness::schedule_text(trace) == "+2&-0 @ x");
  }

  TEST_CASE("calls, time and invocations have their names") {
    Trace trace;
    trace.operations = {"get"};
    trace.given.push_back({.name = "load", .value = {}, .is_callback = true, .collection = {}});
    trace.inputs.push_back(input(ControlledKind::invocation));
    trace.inputs.back().number = 4;
    trace.calls.push_back({.operation = "", .on = {}, .arguments = {}, .cancel_reason = {}});
    trace.calls.push_back({.operation = "get", .on = {}, .arguments = {}, .cancel_reason = {}});
    trace.events = {
        {.kind = Event::Kind::operation, .value = {}, .turn = 1, .call = 1},
        {.kind = Event::Kind::advance, .value = Value{std::int64_t{500}}, .turn = 2},
        {.kind = Event::Kind::settle, .index = 0, .flag = true, .value = {}, .turn = 3},
        {.kind = Event::Kind::abort, .value = {}, .turn = 3, .call = 1},
    };
    CHECK(harness::schedule_text(trace) == "get#1 @500 +load.4&x1");
  }

  TEST_CASE("nothing done is nothing said") { CHECK(harness::schedule_text(Trace{}).empty()); }
}
