// Timers of the submission on the judge's clock: everything Node's own timers can do, and nothing
// by chance.
#include <doctest/doctest.h>

#include "tests/harnesses/shims/shim_process.hpp"

using namespace shim_test;

namespace {

// What `f` resolves with after `waits` generous WAITs; `log` collects, `sleep` sleeps.
std::string result_of(const std::string& body, int waits) {
  ShimProcess shim{Runtime::node, "a.mjs",
                   "import { AsyncLocalStorage } from 'node:async_hooks';"
                   "import promises from 'node:timers/promises';"
                   "const log = []; const sleep = (ms) => new Promise((r) => setTimeout(r, ms));"
                   "export async function f() {" +
                       body + "}"};
  std::string answer = shim.load({"f"});
  if (answer != "READY") return answer;
  answer = shim.call("f", {});
  for (int i = 0; i < waits; ++i) answer = shim.wait(5000);
  return answer;
}

}  // namespace

TEST_SUITE("harnesses/shims/node clock") {
  TEST_CASE("timers fire in the order of their times, equal ones in the order they were made") {
    if (!is_available(Runtime::node)) return;
    const std::string body =
        "for (const [name, ms] of [['c', 30], ['a', 10], ['b', 10], ['d', 40]])"
        "  setTimeout((n) => { log.push(n); Promise.resolve().then(() => log.push(n + n)); }, ms, "
        "name);"
        "await sleep(40); return log;";
    CHECK(result_of(body, 1) == "REST timers");
    CHECK(result_of(body, 3) == "FULFILLED ['a', 'aa', 'b', 'bb', 'c', 'cc', 'd', 'dd'] | REST");
  }

  TEST_CASE("fractions of a millisecond are cut off, as Node does") {
    if (!is_available(Runtime::node)) return;
    CHECK(result_of("for (const [name, ms] of [['a', 10.9], ['b', 10], ['c', 10.2]])"
                    "  setTimeout(() => log.push(name), ms);"
                    "await sleep(11.9); return log;",
                    2) == "FULFILLED ['a', 'b', 'c'] | REST");
  }

  TEST_CASE("how long the program computes, or the judge takes, moves no timer") {
    if (!is_available(Runtime::node)) return;
    const std::string body =
        "setTimeout(() => log.push('second'), 20);"
        "for (const end = Date.now() + 40; Date.now() < end;);"
        "await new Promise((r) => setImmediate(r));"
        "setTimeout(() => log.push('first'), 10); await sleep(30); return log;";
    CHECK(result_of(body, 3) == "FULFILLED ['first', 'second'] | REST");
  }

  TEST_CASE("other clocks are never behind the timers") {
    if (!is_available(Runtime::node)) return;
    CHECK(result_of("const start = performance.now(); await sleep(30);"
                    "return performance.now() - start >= 29.5;",
                    1) == "FULFILLED true | REST");
  }

  TEST_CASE("timers are cleared, repeated, refreshed and unreferenced as ever") {
    if (!is_available(Runtime::node)) return;
    struct Row {
      std::string body;
      int waits;
      std::string answer;
    };
    for (const Row& row : {
             Row{"clearTimeout(setTimeout(() => {}, 5)); return 1;", 0,
                 "RETURNED promise | FULFILLED 1 | REST"},
             Row{"clearTimeout(+setTimeout(() => {}, 5)); return 1;", 0,
                 "RETURNED promise | FULFILLED 1 | REST"},
             Row{"let n = 0; const t = setInterval(() => { if (++n === 3) clearInterval(t); }, 5);"
                 "await sleep(50); return n;",
                 4, "FULFILLED 3 | REST"},
             Row{"const t = setTimeout(() => log.push('late'), 10); setTimeout(() => t.refresh(), "
                 "5);"
                 "await sleep(12); log.push('twelve'); await sleep(5); return log;",
                 4, "FULFILLED ['twelve', 'late'] | REST"},
             Row{"const t = setTimeout((word) => log.push(word), 5, 'again');"
                 "await sleep(6); t.refresh(); await sleep(6); return log;",
                 4, "FULFILLED ['again', 'again'] | REST"},
             Row{"const t = setTimeout(() => log.push('no'), 5); await sleep(6); t.refresh();"
                 "clearTimeout(t); await sleep(6); return log;",
                 3, "FULFILLED ['no'] | REST"},
             Row{"const t = setTimeout(() => {}, 5); t.unref(); log.push(t.hasRef()); t.ref();"
                 "log.push(t.hasRef()); await sleep(6); return log;",
                 2, "FULFILLED [false, true] | REST"},
             Row{"const stop = new AbortController(); setTimeout(() => stop.abort('x'), 5);"
                 "return promises.setTimeout(60000, 1, { signal: stop.signal }).catch((e) => "
                 "e.name);",
                 1, "FULFILLED 'AbortError' | REST"},
             Row{"for await (const v of promises.setInterval(5, 'v')) if (log.push(v) === 3) "
                 "return log;",
                 3, "FULFILLED ['v', 'v', 'v'] | REST"},
             Row{"const store = new AsyncLocalStorage();"
                 "return store.run('kept', async () => { await sleep(5); return store.getStore(); "
                 "});",
                 1, "FULFILLED 'kept' | REST"},
             Row{"setTimeout(() => { throw new Error('lost'); }, 5); setTimeout(() => log.push(1), "
                 "5);"
                 "await sleep(5); return log;",
                 1, "UNCAUGHT Error('lost') | FULFILLED [1] | REST"},
             Row{"await sleep(); await sleep(-1); await sleep(NaN); await sleep(2 ** 40); return "
                 "1;",
                 4, "FULFILLED 1 | REST"},
         }) {
      CAPTURE(row.body);
      CHECK(result_of(row.body, row.waits) == row.answer);
    }
  }

  TEST_CASE("the same program gives the same answers, twenty times of twenty") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
      export const f = async (tasks) => {
        const worker = async (i) => {
          await sleep(1 + i % 3);
          await tasks[i]();
          await sleep(2);
          return i;
        };
        return Promise.all([worker(0), worker(1), worker(2)]);
      };)"};
    REQUIRE(shim.load({"f"}) == "READY");
    for (int i = 0; i < 20; ++i) {
      CHECK(shim.call("f", {list(tasks(3))}) == "RETURNED promise | REST timers");
      CHECK(shim.wait(1000) == "STARTED 0 | REST timers");
      CHECK(shim.settle({{0, true, number(1)}}) == "REST timers");
      CHECK(shim.wait(1000) == "STARTED 1 | REST timers");
      CHECK(shim.wait(1000) == "STARTED 2 | REST");
      CHECK(shim.settle({{2, true, number(1)}, {1, true, number(1)}}) == "REST timers");
      CHECK(shim.wait(1000) == "FULFILLED [0, 1, 2] | REST");
    }
  }

  TEST_CASE("what has passed already is not slept for, and what is left of it is") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs",
                     "export const f = (ms) => new Promise((done) => {"
                     "  const start = performance.now();"
                     "  setTimeout(() => done(performance.now() - start >= 29), ms);"
                     "});"};
    CHECK(shim.load({"f"}) == "READY");
    constexpr int kHour = 3'600'000;
    CHECK(shim.call("f", {number(kHour)}) == "RETURNED promise | REST timers");
    CHECK(shim.wait(kHour - 1, true, kHour - 1) == "REST timers");
    CHECK(shim.wait(1, true, 0).find("FULFILLED") == 0);
    CHECK(shim.wait(kHour, true, kHour) == "REST");
    CHECK(shim.call("f", {number(kHour + 30)}) == "RETURNED promise | REST timers");
    CHECK(shim.wait(2 * kHour, true, kHour) == "FULFILLED true | REST");
  }

  TEST_CASE("what turns until its moment has come sees it come, in a wait that idles") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs",
                     "export const f = (ms) => new Promise((done) => {"
                     "  const end = performance.now() + ms;"
                     "  const look = () => performance.now() >= end"
                     "    ? done(Math.round(performance.now() - end)) : setImmediate(look);"
                     "  look();"
                     "});"};
    CHECK(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {number(500)}) == "RETURNED promise | REST busy");
    CHECK(shim.wait(10, true) == "REST busy");
    CHECK(shim.wait(600, true).find("FULFILLED") == 0);
    CHECK(shim.wait(30, true) == "REST");
  }
}
