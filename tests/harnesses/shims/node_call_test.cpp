#include <doctest/doctest.h>

#include "harnesses/protocol/codec.hpp"
#include "harnesses/protocol/show.hpp"
#include "tests/harnesses/shims/shim_process.hpp"

using namespace shim_test;
using harness::FrameType;

namespace {

constexpr const char* kPool = R"(
export async function run(tasks, limit) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < tasks.length) {
      const i = next++;
      results[i] = await tasks[i]();
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}
)";

}  // namespace

TEST_SUITE("harnesses/shims/node call") {
  TEST_CASE("tasks start, settle in the judge's order, and the call ends with their values") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "pool.mjs", kPool};
    REQUIRE(shim.load({"run"}) == "READY");
    CHECK(shim.call("run", {list(tasks(4)), number(2)}) ==
          "STARTED 0 | STARTED 1 | RETURNED promise | REST");
    CHECK(shim.settle({{1, true, text("b")}}) == "STARTED 2 | REST");
    CHECK(shim.settle({{0, true, text("a")}, {2, true, text("c")}}) == "STARTED 3 | REST");
    CHECK(shim.settle({{3, true, text("d")}}) == "FULFILLED ['a', 'b', 'c', 'd'] | REST");
    CHECK(shim.inspect() == "OBSERVED 0 [] | REST");
    CHECK(shim.call("run", {list({}), number(2)}) == "RETURNED promise | FULFILLED [] | REST");
  }

  TEST_CASE("two in one turn settle before any reaction runs, in the order asked") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      export const f = (tasks) => new Promise((resolve) => {
        const seen = [];
        tasks.forEach((task, i) => task().then(() => {
          seen.push(i);
          queueMicrotask(() => resolve(seen));
        }));
      });)"};
    REQUIRE(shim.load({"f"}) == "READY");
    const std::string started = "STARTED 0 | STARTED 1 | STARTED 2 | RETURNED promise | REST";
    CHECK(shim.call("f", {list(tasks(3))}) == started);
    CHECK(shim.settle({{2, true, number(0)}, {0, true, number(0)}}) == "FULFILLED [2, 0] | REST");
    CHECK(shim.call("f", {list(tasks(3))}) == started);
    CHECK(shim.settle({{2, true, number(0)}}) == "FULFILLED [2] | REST");
  }

  TEST_CASE("an error that the judge made proves its identity, a copy does not") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      export const same = (task) => task();
      export const copy = (task) => task().catch((error) => { throw new Error(error.message); });
      export const nested = (thing) => ({ thing, list: [thing] });)"};
    REQUIRE(shim.load({"same", "copy", "nested"}) == "READY");
    const harness::Value failure = define(7, error({"Oops", "TypeError", "Error"}, "bad"));
    (void)shim.call("same", {task(0)});
    CHECK(shim.settle({{0, false, failure}}) == "REJECTED <known 7> | REST");
    (void)shim.call("copy", {task(0)});
    CHECK(shim.settle({{0, false, failure}}) == "REJECTED Error('bad') | REST");
    CHECK(shim.call("nested", {define(3, object({{"a", number(1)}}))}) ==
          "RETURNED value | FULFILLED {thing: <known 3>, list: [<known 3>]} | REST");
    // An identity lasts for its case only.
    CHECK(shim.call("nested", {harness::Value{harness::Known{3}}}) ==
          "REFUSED 'a known object that was never defined'");
  }

  TEST_CASE("what a call may come to") {
    if (!is_available(Runtime::node)) return;
    struct Row {
      std::string body;
      const char* answer;
    };
    for (const Row& row : {
             Row{"throw new TypeError('at once');", "THREW TypeError('at once') | REST"},
             Row{"throw undefined;", "THREW undefined | REST"},
             Row{"return 5;", "RETURNED value | FULFILLED 5 | REST"},
             Row{"", "RETURNED value | FULFILLED undefined | REST"},
             Row{"return Promise.resolve(5);", "RETURNED promise | FULFILLED 5 | REST"},
             Row{"return Promise.reject(undefined);",
                 "RETURNED promise | REJECTED undefined | REST"},
             Row{"return new Promise(() => {});", "RETURNED promise | REST"},
             Row{"return { then(resolve) { resolve(6); } };",
                 "RETURNED promise | FULFILLED 6 | REST"},
             Row{"return { then(resolve, reject) { reject(6); resolve(7); } };",
                 "RETURNED promise | REJECTED 6 | REST"},
             Row{"return { then() { throw new Error('in then'); } };",
                 "RETURNED promise | REJECTED Error('in then') | REST"},
             Row{"return { get then() { throw new Error('getter'); } };",
                 "RETURNED promise | REJECTED Error('getter') | REST"},
             Row{"return { then: 5 };", "RETURNED value | FULFILLED {then: 5} | REST"},
             Row{"class P extends Promise {} return P.resolve(8);",
                 "RETURNED promise | FULFILLED 8 | REST"},
             Row{"return Promise.resolve({ then(resolve) { resolve(9); } });",
                 "RETURNED promise | FULFILLED 9 | REST"},
             Row{"Promise.reject(new Error('lost')); return 1;",
                 "RETURNED value | FULFILLED 1 | UNHANDLED Error('lost') | REST"},
             Row{"const p = Promise.reject(1); setImmediate(() => p.catch(() => {}));",
                 "RETURNED value | FULFILLED undefined | REST"},
             Row{"process.nextTick(() => { throw new Error('tick'); }); process.nextTick(() => "
                 "Promise.reject(2));",
                 "RETURNED value | FULFILLED undefined | UNCAUGHT Error('tick') | UNHANDLED 2 | "
                 "REST"},
             Row{"queueMicrotask(() => { throw 3; });",
                 "RETURNED value | FULFILLED undefined | UNCAUGHT 3 | REST"},
             Row{"setImmediate(() => { throw 4; });",
                 "RETURNED value | FULFILLED undefined | UNCAUGHT 4 | REST"},
         }) {
      ShimProcess shim{Runtime::node, "a.mjs", "export function f() {" + row.body + "}"};
      REQUIRE(shim.load({"f"}) == "READY");
      CAPTURE(row.body);
      CHECK(shim.call("f", {}) == row.answer);
      CHECK(shim.inspect() == "OBSERVED 0 [] | REST");
    }
  }

  TEST_CASE("options become the last argument, and are absent when undefined") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", "export const f = (...all) => all;"};
    REQUIRE(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {number(1)}) == "RETURNED value | FULFILLED [1] | REST");
    CHECK(shim.call("f", {number(1)}, object({{"maxRetries", number(3)}})) ==
          "RETURNED value | FULFILLED [1, {maxRetries: 3}] | REST");
  }

  TEST_CASE("events of an earlier case are dropped") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      let release, first = true;
      export const f = async (task) => {
        if (!first) { release(); await null; return 'second'; }
        first = false;
        await new Promise((resolve) => { release = resolve; });
        await task();
        return 'first';
      };)"};
    REQUIRE(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {task(0)}) == "RETURNED promise | REST");
    CHECK(shim.call("f", {task(0)}) == "RETURNED promise | FULFILLED 'second' | REST");
  }

  TEST_CASE("requests that make no sense are refused, and the shim goes on") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", "export const f = () => 1;"};
    REQUIRE(shim.load({"f"}) == "READY");
    CHECK(shim.call("g", {}) == "REFUSED 'a function that was not loaded'");
    CHECK(shim.call("f", {task(0, "sideways")}) ==
          "REFUSED 'a controlled task that is made sideways'");
    CHECK(shim.call("f", {promise(0, "toString")}) ==
          "REFUSED 'a controlled promise that is made toString'");
    CHECK(shim.call("f", {}) == "RETURNED value | FULFILLED 1 | REST");
    CHECK(shim.settle({{0, true, number(1)}}) == "REFUSED 'the input 0, which does not exist'");
    CHECK(shim.ask(FrameType::inspect, object({{"case", number(99)}})) ==
          "REFUSED 'case 99, which is not the current one'");
    CHECK(shim.ask(FrameType::settle, text("x")) == "REFUSED 'a payload that is not an object'");
    CHECK(shim.ask_bytes(FrameType::inspect, "\x0b") == "REFUSED 'a payload that is cut off'");
    CHECK(shim.ask_bytes(FrameType::inspect, harness::encode(object({})) + "x") ==
          "REFUSED 'bytes behind the payload'");
    CHECK(shim.ask_bytes(FrameType::inspect, std::string("\x0b\x01\0\0\0\x01\0\0\0a\x63", 11)) ==
          "REFUSED 'the tag 99'");
    CHECK(shim.ask(FrameType::load, object({{"path", text("/x")}, {"exports", list({})}})) ==
          "REFUSED 'a second submission'");
    CHECK(shim.call("f", {}) == "RETURNED value | FULFILLED 1 | REST");
  }

  TEST_CASE("a request larger than the shim's first buffer arrives whole") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", "export const f = (s) => s.length;"};
    REQUIRE(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {text(std::string(3'000'000, 'x'))}) ==
          "RETURNED value | FULFILLED 3000000 | REST");
    CHECK(shim.call("f", {text("abc")}) == "RETURNED value | FULFILLED 3 | REST");
  }
}
