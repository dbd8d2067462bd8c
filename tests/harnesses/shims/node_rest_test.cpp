// When the Node shim answers: at rest, and not before.
#include <doctest/doctest.h>

#include "tests/harnesses/shims/shim_process.hpp"

using namespace shim_test;

namespace {

using Threads = ShimProcess::Threads;

// Calls `f` with one controlled task.
std::string answer_of(const std::string& body, const std::vector<std::string>& more = {},
                      Threads threads = Threads::unseen) {
  ShimProcess shim{Runtime::node, "a.mjs", "export async function f(task) {" + body + "}"};
  std::string result = shim.load({"f"}, threads);
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
      CHECK(answer_of(body, {}, Threads::watched) == "RETURNED promise | FULFILLED 1 | REST");
    }
  }

  TEST_CASE("with threads that are watched, work of any kind is done before a timer that pends") {
    if (!is_available(Runtime::node)) return;
    for (const std::string body : {
             "const fs = await import('node:fs'); for (let i = 0; i < 10; ++i) "
             "await fs.promises.readFile('/usr/bin/env');",
             "const dns = await import('node:dns'); await new Promise((r) => "
             "dns.lookup('no-such-name.invalid', r));",
             "const { pbkdf2 } = await import('node:crypto'); for (let i = 0; i < 10; ++i) "
             "await new Promise((r) => pbkdf2('a', 'b', 9000, 16, 'sha1', r));",
             "const { randomBytes } = await import('node:crypto'); for (let i = 0; i < 10; ++i) "
             "await new Promise((r) => randomBytes(100000, r));",
             "const { subtle } = globalThis.crypto ?? (await import('node:crypto')).webcrypto; "
             "for (let i = 0; i < 10; ++i) await subtle.digest('SHA-256', new Uint8Array(100000));",
             "const zlib = await import('node:zlib'); for (let i = 0; i < 10; ++i) "
             "await new Promise((r) => zlib.gzip(Buffer.alloc(1000000), r));",
             "for (let i = 0; i < 10; ++i) await WebAssembly.compile(new Uint8Array("
             "[0, 97, 115, 109, 1, 0, 0, 0]));",
             "const { Worker } = await import('node:worker_threads'); const worker = new Worker("
             "\"const { parentPort } = require('worker_threads'); parentPort.on('message', (n) => "
             "parentPort.postMessage(n + 1));\", { eval: true }); worker.unref(); for (let n = 0; "
             "n "
             "< 30;) { worker.postMessage(n); n = await new Promise((r) => "
             "worker.once('message', r)); }",
             "const { spawn } = await import('node:child_process'); await new Promise((r) => "
             "spawn('/bin/sh', ['-c', 'exit 3']).once('exit', r));",
             "const net = await import('node:net'); const server = net.createServer((s) => "
             "s.pipe(s)); await new Promise((r) => server.listen(0, '127.0.0.1', r)); const s = "
             "net.connect(server.address().port, '127.0.0.1'); for (let i = 0; i < 20; ++i) { "
             "s.write('x'); await new Promise((r) => s.once('data', r)); } s.destroy(); "
             "server.close();",
         }) {
      CAPTURE(body);
      CHECK(answer_of("setTimeout(() => {}, 60000); " + body + " return 1;", {},
                      Threads::watched) == "RETURNED promise | FULFILLED 1 | REST timers");
    }
  }

  TEST_CASE("who has loaded crypto and does nothing with it costs one pause a rest") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs",
                     "import 'node:crypto'; export const f = () => { setTimeout(() => {}, 60000); "
                     "};"};
    REQUIRE(shim.load({"f"}, Threads::watched) == "READY");
    CHECK(shim.call("f", {}) == "RETURNED value | FULFILLED undefined | REST timers");
    const int before = shim.pauses();
    for (int i = 0; i < 100; ++i) REQUIRE(shim.inspect() == "OBSERVED 0 [] | REST timers");
    CHECK(shim.pauses() - before >= 100);
    CHECK(shim.pauses() - before <= 110);  // a thread of the runtime's own may stir
  }

  TEST_CASE("who has used neither threads nor sockets never pauses") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", "export const f = (task) => task();"};
    REQUIRE(shim.load({"f"}, Threads::watched) == "READY");
    const int before = shim.pauses();
    CHECK(shim.call("f", {task(0)}) == "STARTED 0 | RETURNED promise | REST");
    CHECK(shim.settle({{0, true, number(1)}}) == "FULFILLED 1 | REST");
    CHECK(shim.pauses() == before);
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
