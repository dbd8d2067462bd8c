#include <doctest/doctest.h>

#include "tests/harnesses/shims/shim_process.hpp"

using namespace shim_test;
using Scripted = ShimProcess::Scripted;

namespace {

constexpr const char* kFunctions = R"(
export const all = (tasks) => Promise.all(tasks.map((t) => t()));
export const both = (promises) => Promise.all(promises);
export const first = (tasks, { signal }) => new Promise((resolve, reject) => {
  signal.addEventListener('abort', () => reject(signal.reason));
  for (const t of tasks) t(signal).then(resolve, reject);
});
export const twice = async (tasks) => { await tasks[0](); await tasks[0](); };
export const slowly = async (tasks) => {
  await tasks[0]();
  await new Promise((resolve) => setTimeout(resolve, 5));
  return 'slow';
};
export const leave = (tasks) => { for (const t of tasks) t(); };
export const turns = async (tasks) => {
  await tasks[0]();
  await new Promise((resolve) => setImmediate(resolve));
  return 'turned';
};
let late;
export const lateLast = (tasks) => {
  late?.();
  late = tasks[0];
  return 1;
};
)";
const std::vector<std::string> kAll{"all",    "both",  "first", "twice",
                                    "slowly", "leave", "turns", "lateLast"};
constexpr int kNever = 0, kFulfils = 1, kFails = 2, kRunsAndFulfils = 3, kRunsAndFails = 4;

Scripted of_tasks(int count, std::vector<std::uint32_t> numbers) {
  Scripted scripted{.arguments = {list(tasks(count))}, .inputs = {}, .numbers = std::move(numbers)};
  for (int i = 0; i < count; ++i) {
    scripted.inputs.push_back({kFulfils, text(std::string(1, static_cast<char>('a' + i)))});
  }
  return scripted;
}

}  // namespace

TEST_SUITE("harnesses/shims/node script") {
  TEST_CASE("numbers say what is settled: the oldest, another, two in one turn") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    const std::string begins = "STARTED 0 | STARTED 1 | STARTED 2 | RETURNED promise | REST";
    // Without numbers the oldest, one by one.
    CHECK(shim.script("all", {of_tasks(3, {})}) ==
          "case 1 | " + begins + " | REST | REST | FULFILLED ['a', 'b', 'c'] | REST | REST");
    // 3: both of two; 1: the second of two that are left. Then one is left, and nothing to choose.
    CHECK(shim.script("all", {of_tasks(3, {3, 2, 1})}) ==
          "case 2 | " + begins + " | REST | FULFILLED ['a', 'b', 'c'] | REST | REST");
    // Where no two may settle in one turn, the first number is a pick already.
    CHECK(shim.script("all", {of_tasks(3, {3, 2, 1})}, false) ==
          "case 3 | " + begins + " | REST | REST | FULFILLED ['a', 'b', 'c'] | REST | REST");
  }

  TEST_CASE("cases come one after the other, each with values of its own") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    Scripted fails = of_tasks(1, {});
    fails.inputs[0] = {kFails, define(1, error({"Error"}, "no"))};
    CHECK(shim.script("all", {of_tasks(1, {}), fails, of_tasks(0, {})}) ==
          "case 1 | STARTED 0 | RETURNED promise | REST | FULFILLED ['a'] | REST | "
          "case 2 | STARTED 0 | RETURNED promise | REST | REJECTED <known 1> | REST | "
          "case 3 | RETURNED promise | FULFILLED [] | REST | REST");
    CHECK(shim.script("all", {of_tasks(0, {})}) ==
          "case 4 | RETURNED promise | FULFILLED [] | REST | REST");
  }

  TEST_CASE("promises run from the start, what is settled already never does") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    CHECK(
        shim.script("both",
                    {{.arguments = {list({promise(0), promise(1, "value", number(7)), promise(2)})},
                      .inputs = {{kRunsAndFulfils, text("a")},
                                 {kNever, number(7)},
                                 {kRunsAndFails, text("c")}},
                      .numbers = {0, 1}}}) ==
        "case 1 | RETURNED promise | REST | REJECTED 'c' | REST | REST | REST");
  }

  TEST_CASE("a call is cancelled once, as the numbers say, and not any more when it is over") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    Scripted scripted = of_tasks(2, {4});
    scripted.options = object({{"signal", signal()}});
    scripted.cancels = true;
    scripted.reason = text("enough");
    const std::string begins = "STARTED 0 | STARTED 1 | RETURNED promise | REST";
    CHECK(shim.script("first", {scripted}, true, true) ==
          "case 1 | " + begins +
              " | ABORTED 0 'enough' | ABORTED 1 'enough' | REJECTED 'enough' | REST | REST | "
              "REST | OBSERVED 1 [] | REST | REST");
    // 0 and 0: the oldest. Then the call is over, and 3 settles the only one that is left.
    scripted.numbers = {0, 0, 3};
    CHECK(shim.script("first", {scripted}) ==
          "case 2 | " + begins + " | FULFILLED 'a' | REST | REST | REST");
  }

  TEST_CASE("an input that starts again runs once; settled before, it stays pending") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    CHECK(shim.script("twice", {of_tasks(1, {}), of_tasks(0, {})}) ==
          "case 1 | STARTED 0 | RETURNED promise | REST | STARTED 0 | REST | "
          "case 2 | RETURNED promise | REJECTED TypeError('tasks[0] is not a function') | REST | "
          "REST");
  }

  TEST_CASE("where time has to pass the script stops, and the judge goes on step by step") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    CHECK(shim.script("slowly", {of_tasks(1, {})}) ==
          "case 1 | STARTED 0 | RETURNED promise | REST | REST timers | REST timers");
    CHECK(shim.wait(1000) == "FULFILLED 'slow' | REST");
    CHECK(shim.script("all", {of_tasks(0, {})}) ==
          "case 2 | RETURNED promise | FULFILLED [] | REST | REST");
  }

  TEST_CASE("a rest in a script is a rest: turns of the loop and unhandled rejections belong in") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    CHECK(shim.script("turns", {of_tasks(1, {}), of_tasks(1, {})}) ==
          "case 1 | STARTED 0 | RETURNED promise | REST | FULFILLED 'turned' | REST | "
          "case 2 | STARTED 0 | RETURNED promise | REST | FULFILLED 'turned' | REST | REST");
    Scripted fails = of_tasks(2, {});
    fails.inputs[0] = {kFails, text("lost")};
    CHECK(shim.script("leave", {fails}) ==
          "case 3 | STARTED 0 | STARTED 1 | RETURNED value | FULFILLED undefined | REST | "
          "UNHANDLED 'lost' | REST | REST | REST");
  }

  TEST_CASE("events of earlier cases are dropped") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    CHECK(shim.script("lateLast", {of_tasks(1, {}), of_tasks(1, {})}) ==
          "case 1 | RETURNED value | FULFILLED 1 | REST | "
          "case 2 | RETURNED value | FULFILLED 1 | REST | REST");
  }

  TEST_CASE("what a submission plants on prototypes changes no script") {
    if (!is_available(Runtime::node)) return;
    const std::string plants = R"(
export function plant() {
  for (const name of ['act', 'at', 'bytes', 'end', 'id', 'index', 'inputs', 'inspects', 'next',
    'numbers', 'ok', 'outcomes', 'running', 'sameTurn', 'settled', 'started', 'ways']) {
    Object.defineProperty(Object.prototype, name, { set() {}, get() { return 'forged'; } });
  }
  for (const at of [0, 1, 2, 3]) {
    Object.defineProperty(Array.prototype, at, { set() {}, get() { return 'forged'; } });
  }
}
export const run = (tasks) => tasks[0]().then((a) => tasks[1]().then((b) => a + b));
)";
    ShimProcess shim{Runtime::node, "a.mjs", plants};
    REQUIRE(shim.load({"plant", "run"}) == "READY");
    CHECK(shim.call("plant", {}) == "RETURNED value | FULFILLED undefined | REST");
    CHECK(shim.script("run", {of_tasks(2, {0, 0}), of_tasks(2, {})}) ==
          "case 2 | STARTED 0 | RETURNED promise | REST | STARTED 1 | REST | FULFILLED 'ab' | "
          "REST | case 3 | STARTED 0 | RETURNED promise | REST | STARTED 1 | REST | "
          "FULFILLED 'ab' | REST | REST");
  }

  TEST_CASE("what the shim cannot understand is refused, in a later case too") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    Scripted strange = of_tasks(0, {});
    strange.arguments = {harness::Value{harness::Controlled{"tusk", {}}}};
    CHECK(shim.script("all", {of_tasks(0, {}), strange}) ==
          "case 1 | RETURNED promise | FULFILLED [] | REST | "
          "REFUSED 'a controlled tusk that is made undefined'");
    ShimProcess another{Runtime::node, "a.mjs", kFunctions};
    REQUIRE(another.load({"all"}) == "READY");
    CHECK(another.script("first", {of_tasks(0, {})}) ==
          "case 1 | REFUSED 'a function that was not loaded'");
  }
}
