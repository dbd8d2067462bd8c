#include "harnesses/schedule/same_course.hpp"

#include <doctest/doctest.h>

using harness::Event;
using harness::Trace;
using harness::Value;

namespace {

// A call that fulfils with the unpredictable string of its run.
Trace run_with(const std::string& token) {
  Trace trace;
  trace.tokens = {{token, "value 0"}};
  trace.events = {{.kind = Event::Kind::returned, .flag = true, .value = {}},
                  {.kind = Event::Kind::fulfilled, .value = Value{token}, .at = 5}};
  return trace;
}

}  // namespace

TEST_SUITE("harnesses/schedule/same_course") {
  TEST_CASE("unpredictable strings are no difference") {
    CHECK(harness::same_course(run_with("t-1a2b"), run_with("t-9f8e")));
  }

  TEST_CASE("another value, moment or event is one") {
    const Trace one = run_with("t-1a2b");
    Trace value = run_with("t-9f8e");
    value.events[1].value = Value{std::string{"else"}};
    CHECK_FALSE(harness::same_course(one, value));
    Trace moment = run_with("t-9f8e");
    moment.events[1].at = 6;
    CHECK_FALSE(harness::same_course(one, moment));
    Trace shorter = run_with("t-9f8e");
    shorter.events.pop_back();
    CHECK_FALSE(harness::same_course(one, shorter));
    Trace stuck = run_with("t-9f8e");
    stuck.stuck = true;
    CHECK_FALSE(harness::same_course(one, stuck));
  }
}
