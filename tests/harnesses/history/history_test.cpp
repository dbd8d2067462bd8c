#include "harnesses/history/history.hpp"

#include <string>

#include <doctest/doctest.h>

#include "tests/harnesses/history/support.hpp"

using namespace harness::history;
using namespace harness::history::test;
using namespace std::chrono_literals;

namespace {

Call put(unsigned process) { return {ProcessId{process}, "put", {v(1)}}; }

std::string said(const base::Status& status) { return status ? "fine" : status.error().message(); }

}  // namespace

TEST_SUITE("harnesses/history/history") {
  TEST_CASE("events become operations, in the order of their calls") {
    Recorder recorder;
    REQUIRE(recorder.call(OperationId{7}, put(0), 10ns));
    REQUIRE(recorder.call(OperationId{3}, put(1), 10ns));
    REQUIRE(recorder.call(OperationId{5}, put(2), 11ns));
    REQUIRE(recorder.returned(OperationId{3}, v("x"), 12ns));
    REQUIRE(recorder.failed(OperationId{5}, 13ns));
    REQUIRE(recorder.call(OperationId{4}, put(1), 13ns));
    const History history = std::move(recorder).finish();
    REQUIRE(history.operations().size() == 4);
    const Operation& pending = history.operations()[0];
    CHECK(pending.id == OperationId{7});
    CHECK(pending.ending == Operation::Ending::pending);
    CHECK(pending.called == 10ns);
    const Operation& returned = history.operations()[1];
    CHECK(returned.ending == Operation::Ending::returned);
    CHECK(returned.call_position == 1);
    CHECK(returned.end_position == 3);
    CHECK(returned.ended == 12ns);
    CHECK(history.operations()[2].ending == Operation::Ending::failed);
    CHECK(history.operations()[3].call_position == 5);
  }

  TEST_CASE("what cannot have happened is refused, and changes nothing") {
    Recorder recorder;
    REQUIRE(recorder.call(OperationId{1}, put(0), 10ns));
    CHECK(said(recorder.call(OperationId{1}, put(1), 10ns)) ==
          "operation 1: called twice; give every call an id of its own");
    CHECK(said(recorder.call(OperationId{2}, put(0), 10ns)) ==
          "operation 2: process 0 called it while its operation 1 runs; what calls several at "
          "once is several processes");
    CHECK(said(recorder.returned(OperationId{2}, v(1), 10ns)) ==
          "operation 2: ended without a call");
    CHECK(said(recorder.failed(OperationId{2}, 10ns)) == "operation 2: ended without a call");
    CHECK(said(recorder.returned(OperationId{1}, v(1), 9ns)) ==
          "operation 1: stamped 1 ns before the last event; record events in their order");
    CHECK(said(recorder.returned(OperationId{1}, v(1), 10ns)) == "fine");
    CHECK(said(recorder.returned(OperationId{1}, v(1), 11ns)) == "operation 1: ended twice");
    CHECK(said(recorder.failed(OperationId{1}, 11ns)) == "operation 1: ended twice");
    CHECK(said(recorder.call(OperationId{2}, put(0), 11ns)) == "fine");
    const History history = std::move(recorder).finish();
    REQUIRE(history.operations().size() == 2);
    CHECK(history.operations()[0].end_position == 1);
    CHECK(history.operations()[1].call_position == 2);
  }

  TEST_CASE("operations are shown as calls, escaped") {
    const History history = Script{}
                                .done(0, "put", {v("k\x1b"), v(1)})
                                .done(0, "get", {v("k")}, v(1))
                                .done(0, "get", {}, nothing())
                                .done(0, "a\nb", {}, Value{harness::Undefined{}})
                                .call(1, 1, "take")
                                .call(2, 2, "take")
                                .fail(2)
                                .history();
    const char* const shown[] = {"put('k\\x1B', 1) -> ok", "get('k') -> 1", "get() -> null",
                                 "a\\nb() -> ok",          "take()",        "take() -> failed"};
    for (std::size_t i = 0; i < 6; ++i) CHECK(to_string(history.operations()[i]) == shown[i]);
    CHECK(to_string(history.operations()[0], 3) == "put('k\\..., 1) -> ok");
  }
}
