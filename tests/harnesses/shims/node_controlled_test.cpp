#include <doctest/doctest.h>

#include "harnesses/protocol/show.hpp"
#include "tests/harnesses/shims/shim_process.hpp"

using namespace shim_test;

TEST_SUITE("harnesses/shims/node controlled") {
  TEST_CASE("tasks settle in every manner") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      export const f = (task) => {
        const got = task();
        if (!(got instanceof Promise)) return ['plain', got];
        return got.then((value) => ['promise', value], (error) => ['rejected', error]);
      };)"};
    REQUIRE(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {task(0, "returns", number(1))}) ==
          "STARTED 0 | RETURNED value | FULFILLED ['plain', 1] | REST");
    CHECK(shim.call("f", {task(0, "throws", number(2))}) == "STARTED 0 | THREW 2 | REST");
    CHECK(shim.call("f", {task(0, "fulfilled", number(3))}) ==
          "STARTED 0 | RETURNED promise | FULFILLED ['promise', 3] | REST");
    CHECK(shim.call("f", {task(0, "rejected", number(4))}) ==
          "STARTED 0 | RETURNED promise | FULFILLED ['rejected', 4] | REST");
    CHECK(shim.call("f", {task(0)}) == "STARTED 0 | RETURNED promise | REST");
    CHECK(shim.settle({{0, false, number(5)}}) == "FULFILLED ['rejected', 5] | REST");
  }

  TEST_CASE("a task called again is started again, and waits for the next SETTLE") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{
        Runtime::node, "a.mjs",
        "export const f = async (task) => [await Promise.all([task(), task()]), await task()];"};
    REQUIRE(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {task(0)}) == "STARTED 0 | STARTED 0 | RETURNED promise | REST");
    CHECK(shim.settle({{0, true, number(1)}}) == "STARTED 0 | REST");
    CHECK(shim.settle({{0, true, number(2)}}) == "FULFILLED [[1, 1], 2] | REST");
  }

  TEST_CASE("promises come in every manner") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      export const f = async (inputs) =>
        (await Promise.allSettled(inputs)).map((one) => one.value ?? one.reason);
      export const kinds = (inputs) =>
        inputs.map((one) => one instanceof Promise ? 'promise' : typeof one.then);)"};
    REQUIRE(shim.load({"f", "kinds"}) == "READY");
    const std::vector<harness::Value> inputs = {
        promise(0),
        promise(1, "fulfilled", text("one")),
        promise(2, "rejected", text("two")),
        promise(3, "value", text("three")),
        promise(4, "thenable"),
        promise(5, "thenable-twice"),
        promise(6, "thenable-throws"),
    };
    CHECK(shim.call("kinds", {list(inputs)}) ==
          "RETURNED value | FULFILLED ['promise', 'promise', 'promise', 'undefined', 'function', "
          "'function', "
          "'function'] | UNHANDLED 'two' | REST");
    CHECK(shim.call("f", {list(inputs)}) == "RETURNED promise | REST");
    CHECK(shim.settle({{5, true, text("five")}, {4, false, text("four")}}) == "REST");
    CHECK(shim.settle({{6, true, text("six")}}) == "REST");
    CHECK(shim.settle({{0, true, text("zero")}}) ==
          "FULFILLED ['zero', 'one', 'two', 'three', 'four', 'five', 'six'] | REST");
  }

  TEST_CASE("careless thenables call back twice, and the other way too") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      const seen = [];
      export const f = (input) => {
        seen.length = 0;
        input.then((v) => seen.push('ok', v), (e) => seen.push('no', e));
      };
      export const look = () => seen;)"};
    REQUIRE(shim.load({"f", "look"}) == "READY");
    (void)shim.call("f", {promise(0, "thenable-twice")});
    (void)shim.settle({{0, true, number(1)}});
    CHECK(shim.call("look", {}) ==
          "RETURNED value | FULFILLED ['ok', 1, 'ok', 'called a second time'] | REST");
    (void)shim.call("f", {promise(0, "thenable-throws")});
    (void)shim.settle({{0, false, number(2)}});
    CHECK(shim.call("look", {}) ==
          "RETURNED value | FULFILLED ['no', 2, 'ok', Error('called the other way too')] | REST");
  }

  TEST_CASE("a thenable's callback that throws is told as uncaught") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{
        Runtime::node, "a.mjs",
        "export const f = (input) => { input.then(() => { throw new Error('in callback'); }); };"};
    REQUIRE(shim.load({"f"}) == "READY");
    (void)shim.call("f", {promise(0, "thenable")});
    CHECK(shim.settle({{0, true, number(1)}}) == "UNCAUGHT Error('in callback') | REST");
  }

  TEST_CASE("a task reports that the signal it was given is aborted, with the reason") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      export const own = async (tasks) => {
        const controller = new AbortController();
        try { return await Promise.all(tasks.map((task) => task(controller.signal))); }
        catch (error) { controller.abort(error); throw error; }
      };
      export const late = (task) => { task(AbortSignal.abort('before')); };
      export const odd = (task) => {
        for (const odd of [{ aborted: true }, null, 5, new Proxy({}, {})]) task(odd);
      };)"};
    REQUIRE(shim.load({"own", "late", "odd"}) == "READY");
    (void)shim.call("own", {list(tasks(3))});
    CHECK(shim.settle({{1, false, define(2, error({"Error"}, "x"))}}) ==
          "ABORTED 0 <known 2> | ABORTED 1 <known 2> | ABORTED 2 <known 2> | REJECTED <known 2> | "
          "REST");
    CHECK(shim.call("late", {task(4)}) ==
          "STARTED 4 | ABORTED 4 'before' | RETURNED value | FULFILLED undefined | REST");
    CHECK(shim.call("odd", {task(0)}) ==
          "STARTED 0 | STARTED 0 | STARTED 0 | STARTED 0 | RETURNED value | FULFILLED undefined | "
          "REST");
  }

  TEST_CASE("the judge aborts from outside, and sees which listeners stayed") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      export const tidy = (task, { signal }) => new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const stop = () => reject(signal.reason);
        signal.addEventListener('abort', stop);
        task(signal).then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
      });
      export const leaky = (task, { signal }) => {
        signal.addEventListener('abort', () => {});
        signal.onabort = () => {};
        return task(signal);
      };)"};
    REQUIRE(shim.load({"tidy", "leaky"}) == "READY");
    const harness::Value options = object({{"signal", signal()}});
    CHECK(shim.call("tidy", {task(0)}, options) == "STARTED 0 | RETURNED promise | REST");
    CHECK(shim.inspect() == "OBSERVED 1 [] | REST");
    CHECK(shim.settle({{0, true, number(1)}}) == "FULFILLED 1 | REST");
    CHECK(shim.inspect() == "OBSERVED 0 [] | REST");
    (void)shim.call("tidy", {task(0)}, options);
    CHECK(shim.abort(text("enough")) == "ABORTED 0 'enough' | REJECTED 'enough' | REST");
    (void)shim.call("tidy", {task(0)}, options);
    (void)shim.abort(harness::undefined());
    CHECK(harness::show(shim.last()) == "AbortError('This operation was aborted')");
    (void)shim.call("leaky", {task(0)}, options);
    CHECK(shim.inspect() == "OBSERVED 2 [] | REST");
    CHECK(shim.call("tidy", {task(0)},
                    object({{"signal", signal("aborted", text("from the start"))}})) ==
          "RETURNED promise | REJECTED 'from the start' | REST");
  }

  TEST_CASE("iterables are made as asked, and tell when their iterator was closed early") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      export const all = (items) => [...items];
      export const first = (items) => { for (const item of items) return item; };
      export const kind = (items) => Object.prototype.toString.call(items);
      export const both = (one, two) => {
        const [a] = one;
        for (const b of two) if (b === 2) break;
        return a;
      };)"};
    REQUIRE(shim.load({"all", "first", "kind", "both"}) == "READY");
    const std::vector<harness::Value> items = {number(1), number(2), number(3)};
    struct Row {
      std::string how;
      const char* kind;
      const char* closed;
    };
    for (const Row& row : {Row{"array", "[object Array]", "[0]"}, Row{"set", "[object Set]", "[0]"},
                           Row{"generator", "[object Generator]", "[1]"}}) {
      CAPTURE(row.how);
      CHECK(shim.call("kind", {iterable(items, row.how)}) ==
            std::string{"RETURNED value | FULFILLED '"} + row.kind + "' | REST");
      CHECK(shim.call("all", {iterable(items, row.how)}) ==
            "RETURNED value | FULFILLED [1, 2, 3] | REST");
      CHECK(shim.inspect() == "OBSERVED 0 [0] | REST");
      CHECK(shim.call("first", {iterable(items, row.how)}) ==
            "RETURNED value | FULFILLED 1 | REST");
      CHECK(shim.inspect() == std::string{"OBSERVED 0 "} + row.closed + " | REST");
    }
    CHECK(shim.call("all", {iterable(items, "iterator-throws", text("broken"))}) ==
          "THREW 'broken' | REST");
    CHECK(shim.inspect() == "OBSERVED 0 [0] | REST");
    (void)shim.call("both", {iterable(items, "generator"), iterable(items, "iterator-throws")});
    CHECK(shim.inspect() == "OBSERVED 0 [1, 1] | REST");
  }

  TEST_CASE("pulled tasks are called when their item is asked for, and not before") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      let iterator;
      export const open = (items) => { iterator = items[Symbol.iterator](); };
      export const openAsync = (items) => { iterator = items[Symbol.asyncIterator](); };
      export const all = async (items) => { for await (const item of items); };)"};
    REQUIRE(shim.load({"open", "openAsync", "all"}) == "READY");
    const harness::Value a = task(0, "returns", text("a"));
    const harness::Value b = task(1, "throws", text("b"));
    CHECK(shim.call("open", {iterable({a, b}, "pulled")}) ==
          "RETURNED value | FULFILLED undefined | REST");
    CHECK(shim.call("openAsync", {iterable({a, b}, "pulled-async")}) ==
          "RETURNED value | FULFILLED undefined | REST");
    CHECK(shim.call("all", {iterable({a, b}, "pulled")}) ==
          "STARTED 0 | RETURNED promise | STARTED 1 | REJECTED 'b' | REST");
    CHECK(shim.inspect() == "OBSERVED 0 [0] | REST");
    CHECK(shim.call("all", {iterable({task(0, "later"), b}, "pulled-async")}) ==
          "STARTED 0 | RETURNED promise | REST");
    CHECK(shim.settle({{0, true, text("a")}}) == "STARTED 1 | REJECTED 'b' | REST");
    CHECK(shim.inspect() == "OBSERVED 0 [0] | REST");
  }

  TEST_CASE("pulled tasks tell when their iterator was closed early") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      export const first = async (items) => { for await (const item of items) return item; };
      export const all = async (items) => { for await (const item of items); };)"};
    REQUIRE(shim.load({"first", "all"}) == "READY");
    const harness::Value a = task(0, "returns", text("a"));
    const harness::Value b = task(1, "returns", text("b"));
    for (const std::string how : {"pulled", "pulled-async"}) {
      CAPTURE(how);
      (void)shim.call("first", {iterable({a, b}, how)});
      CHECK(shim.inspect() == "OBSERVED 0 [1] | REST");
      (void)shim.call("all", {iterable({a, b}, how)});
      CHECK(shim.inspect() == "OBSERVED 0 [0] | REST");
    }
  }

  TEST_CASE("an iterable may hold what the judge controls") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs",
                     "export const race = (inputs) => Promise.race(inputs);"};
    REQUIRE(shim.load({"race"}) == "READY");
    CHECK(shim.call("race", {iterable({promise(0), promise(1)}, "generator")}) ==
          "RETURNED promise | REST");
    CHECK(shim.settle({{1, true, text("won")}, {0, true, text("lost")}}) ==
          "FULFILLED 'won' | REST");
  }
}
