// When the Node shim answers: at rest, and not before.
#include <doctest/doctest.h>

#include "tests/harnesses/shims/shim_process.hpp"

using namespace shim_test;

namespace {

// Calls `f` with one controlled task.
std::string answer_of(const std::string& body, const std::vector<std::string>& more = {}) {
  ShimProcess shim{Runtime::node, "a.mjs", "export async function f(task) {" + body + "}"};
  std::string result = shim.load({"f"});
  if (result != "READY") return result;
  result = shim.call("f", {task(0)});
  for (const std::string& each : more)
    result += " / " + (each == "wait" ? shim.wait(2000) : shim.inspect());
  return result;
}

}  // namespace

TEST_SUITE("harnesses/shims/node rest") {
  TEST_CASE("work that needs no time is done before the answer") {
    if (!is_available(Runtime::node)) return;
    for (const std::string body : {
             "for (let i = 0; i < 1000; ++i) await null; return 1;",
             "await new Promise((resolve) => process.nextTick(resolve)); return 1;",
             "for (let i = 0; i < 50; ++i) await new Promise((resolve) => setImmediate(resolve)); "
             "return 1;",
             "const fs = await import('node:fs'); await "
             "fs.promises.readFile('/etc/hostname').catch(() => {}); await fs.promises.stat('/'); "
             "return 1;",
             "const { webcrypto } = await import('node:crypto');"
             "for (let i = 0; i < 5; ++i) await webcrypto.subtle.digest('SHA-256', new "
             "Uint8Array(1000)); return 1;",
             "const crypto = await import('node:crypto');"
             "for (let i = 0; i < 5; ++i) await new Promise((r) => crypto.pbkdf2('a', 'b', 20000, "
             "16, 'sha1', r)); "
             "return 1;",
             "const zlib = await import('node:zlib');"
             "for (let i = 0; i < 20; ++i) await new Promise((r) => "
             "zlib.gzip(Buffer.alloc(100000), r)); return 1;",
             "const { port1, port2 } = new MessageChannel(); port1.postMessage(1); "
             "await new Promise((r) => port2.once('message', r)); port2.close(); return 1;",
             "await import('node:dns'); return 1;",
         }) {
      CAPTURE(body);
      CHECK(answer_of(body) == "RETURNED promise | FULFILLED 1 | REST");
    }
  }

  TEST_CASE("thread-pool work beside a pending timer is waited for too") {
    if (!is_available(Runtime::node)) return;
    CHECK(answer_of("setTimeout(() => {}, 60000); const crypto = await import('node:crypto');"
                    "for (let i = 0; i < 30; ++i) await new Promise((r) => crypto.pbkdf2('a', 'b', "
                    "9000, 16, 'sha1', r));"
                    "return 1;") == "RETURNED promise | FULFILLED 1 | REST timers");
  }

  TEST_CASE("a timer that starts when the thread pool has answered leaves the program at rest") {
    if (!is_available(Runtime::node)) return;
    CHECK(answer_of("const crypto = await import('node:crypto');"
                    "await new Promise((r) => crypto.pbkdf2('a', 'b', 9000, 16, 'sha1', r));"
                    "await new Promise((r) => setTimeout(r, 5)); return 1;",
                    {"wait"}) == "RETURNED promise | REST timers / FULFILLED 1 | REST");
  }

  TEST_CASE("timers stand still until WAIT, and then run, unreferenced ones too") {
    if (!is_available(Runtime::node)) return;
    for (const std::string body : {
             "await new Promise((resolve) => setTimeout(resolve, 5)); return 1;",
             "await new Promise((resolve) => setTimeout(resolve, 5).unref()); return 1;",
             "await new Promise((resolve) => AbortSignal.timeout(5).addEventListener('abort', "
             "resolve)); return 1;",
             "const { setTimeout: sleep } = await import('node:timers/promises'); await sleep(5); "
             "return 1;",
         }) {
      CAPTURE(body);
      CHECK(answer_of(body, {"look", "look", "wait"}) ==
            "RETURNED promise | REST timers / OBSERVED 0 [] | REST timers / OBSERVED 0 [] | REST "
            "timers / "
            "FULFILLED 1 | REST");
    }
  }

  TEST_CASE("WAIT answers at the rest after a timer fired, or when its time is up") {
    if (!is_available(Runtime::node)) return;
    const char* two_steps =
        "await new Promise((r) => setTimeout(r, 5)); await new Promise((r) => setTimeout(r, 5));"
        "await task(); ";
    CHECK(answer_of(two_steps, {"wait", "wait"}) ==
          "RETURNED promise | REST timers / REST timers / STARTED 0 | REST");
    CHECK(answer_of("await task();", {"wait"}) == "STARTED 0 | RETURNED promise | REST / REST");
    ShimProcess shim{Runtime::node, "a.mjs",
                     "export const f = () => { setTimeout(() => {}, 60000); };"};
    REQUIRE(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {}) == "RETURNED value | FULFILLED undefined | REST timers");
    CHECK(shim.wait(10) == "REST timers");
  }

  TEST_CASE("a program that never rests is called busy, and can still be asked") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      export const f = async (task) => {
        let done = false;
        task().then(() => { done = true; });
        while (!done) await new Promise((resolve) => setImmediate(resolve));
        return 'polled';
      };)"};
    REQUIRE(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {task(0)}) == "STARTED 0 | RETURNED promise | REST busy");
    CHECK(shim.inspect() == "OBSERVED 0 [] | REST busy");
    CHECK(shim.settle({{0, true, number(1)}}) == "FULFILLED 'polled' | REST");
  }
}
