// A submission that patches what it can reach: the judge sees the truth or something opaque, and
// never comes to harm.
#include <doctest/doctest.h>

#include "harnesses/protocol/show.hpp"
#include "tests/harnesses/shims/shim_process.hpp"

using namespace shim_test;

TEST_SUITE("harnesses/shims/node tampering") {
  TEST_CASE("a patched realm changes nothing of what the shim reports") {
    if (!is_available(Runtime::node)) return;
    for (const std::string patch : {
             "",  // the positive control
             "JSON.stringify = () => '\"forged\"'; JSON.parse = () => 'forged';",
             "Object.prototype.toJSON = () => 'forged'; Array.prototype.toJSON = () => 'forged';",
             "for (let i = 0; i < 20; ++i) Object.defineProperty(Array.prototype, i, { set() {}, "
             "get() { return 9; } });",
             "Array.prototype[Symbol.iterator] = function* () { yield 'forged'; };",
             "Array.prototype.push = Array.prototype.map = Array.prototype.slice = () => "
             "['forged'];",
             "Promise.prototype.then = function (ok) { ok?.('forged'); return this; };",
             "Promise.resolve = Promise.all = () => { throw 1; }; Promise.prototype.catch = () => "
             "{};",
             "Object.defineProperty(Promise, Symbol.species, { get() { throw 1; } });",
             "Map.prototype.get = Map.prototype.set = Map.prototype.forEach = () => { throw 1; };"
             "Set.prototype.add = WeakMap.prototype.get = () => { throw 1; };",
             "for (const name of ['set', 'subarray', 'copyWithin', 'fill', 'slice'])"
             "  Object.getPrototypeOf(Uint8Array.prototype)[name] = () => { throw 1; };",
             "for (const name of Object.getOwnPropertyNames(Buffer.prototype))"
             "  if (name !== 'constructor') try { Buffer.prototype[name] = () => { throw 1; }; } "
             "catch {}",
             "for (const name of ['charCodeAt', 'slice', 'split', 'includes']) "
             "String.prototype[name] = () => 'forged';",
             "Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => "
             "{ throw 1; };",
             "Reflect.apply = Reflect.ownKeys = Object.keys = Object.getPrototypeOf = () => { "
             "throw 1; };"
             "Object.getOwnPropertyDescriptor = Object.hasOwn = Object.defineProperty = () => { "
             "throw 1; };",
             "Object.defineProperty(Object.prototype, 'value', { set() {}, get() { return "
             "'forged'; } });",
             "Object.defineProperty(Object.prototype, 'get', { set() {}, get() { throw 1; } });",
             "Object.prototype.then = 5; Object.prototype.index = 9; Object.prototype.case = 9;",
             "globalThis.setImmediate = globalThis.setTimeout = globalThis.queueMicrotask = () => "
             "{ throw 1; };",
             "(await import('node:timers')).default.setImmediate = () => { throw 1; };",
             "const fs = (await import('node:fs')).default;"
             "fs.writeSync = fs.readSync = fs.fstat = () => { throw 1; };"
             "(await import('node:module')).default.syncBuiltinESMExports();",
             "process.getActiveResourcesInfo = process._tickCallback = process.reallyExit = () => "
             "{ throw 1; };",
             "process.nextTick = () => { throw 1; };",
             "process.listeners = process.on = process.emit = () => [];",
             "process.removeAllListeners(); process.exitCode = 3;",
             "Error.prepareStackTrace = () => { throw 1; }; Error.stackTraceLimit = 0;",
             "Object.defineProperty(Error.prototype, 'message', { get() { throw 1; } });",
             "Number.isSafeInteger = () => true; Math.min = () => 0; Array.isArray = () => false;",
             "EventTarget.prototype.addEventListener = AbortController.prototype.abort = () => { "
             "throw 1; };",
             "globalThis.Promise = globalThis.Map = globalThis.Uint8Array = "
             "globalThis.AbortController = undefined;",
             "Object.freeze(Object.prototype); Object.freeze(Array.prototype); "
             "Object.freeze(Promise.prototype);",
         }) {
      ShimProcess shim{Runtime::node, "a.mjs",
                       "const extra = { b: new Map([[1, 2]]), a: [1, , 'ü'] };" + patch + R"(
        export const f = async (task, { signal }) => [await task(signal), extra];
        export const wrong = () => { throw new TypeError('real'); };)"};
      CAPTURE(patch);
      CHECK(shim.load({"f", "wrong"}) == "READY");
      CHECK(shim.call("f", {task(0)}, object({{"signal", signal()}})) ==
            "STARTED 0 | RETURNED promise | REST");
      CHECK(shim.abort(text("stop")) == "ABORTED 0 'stop' | REST");
      CHECK(shim.settle({{0, true, text("token")}}) ==
            "FULFILLED ['token', {b: Map{1 => 2}, a: [1, undefined, 'ü']}] | REST");
      CHECK(shim.call("wrong", {}) == "THREW TypeError('real') | REST");
      CHECK(shim.inspect() == "OBSERVED 0 [] | REST");
    }
  }

  TEST_CASE("reading a value may run code of the submission, even code that reports in turn") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      export const f = (task) => ({ before: 1, get a() { task(); return 2; }, after: 3 });
      export const grow = () => {
        const map = new Map();
        return map.set(1, { get a() { map.set(2, 3); return 1; } });
      };
      export const shrink = () => {
        const o = { get a() { delete o.b; return 1; }, b: 2 };
        return o;
      };
      export const counted = () => { let n = 0; return { get a() { return ++n; } }; };)"};
    REQUIRE(shim.load({"f", "grow", "shrink", "counted"}) == "READY");
    CHECK(shim.call("f", {task(0)}) ==
          "RETURNED value | STARTED 0 | FULFILLED {before: 1, a: 2, after: 3} | REST");
    CHECK(shim.call("grow", {}) == "RETURNED value | FULFILLED Map{1 => {a: 1}, 2 => 3} | REST");
    CHECK(shim.call("shrink", {}) == "RETURNED value | FULFILLED {a: 1, b: undefined} | REST");
    CHECK(shim.call("counted", {}) == "RETURNED value | FULFILLED {a: 1} | REST");
  }

  TEST_CASE("errors that lie are opaque or harmless") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      export const f = (source) => { throw eval(`(${source})`); };)"};
    REQUIRE(shim.load({"f"}) == "READY");
    struct Row {
      std::string expression;
      const char* shown;
    };
    for (const Row& row : {
             Row{"Object.defineProperty(new Error('m'), 'message', { get() { throw 1; } })",
                 "<object that throws when it is read>"},
             Row{"Object.assign(new Error('m'), { message: 5 })", "Error('')"},
             Row{"Object.defineProperty(new Error('m'), 'name', { get() { return 'Forged'; } })",
                 "Error('m')"},
             Row{"Object.defineProperty(new Error('m'), 'constructor', { value: { name: 'Forged' } "
                 "})",
                 "Error('m')"},
             Row{"Object.setPrototypeOf(new Error('m'), new Proxy({}, { getPrototypeOf() { throw "
                 "1; } }))",
                 "<object that throws when it is read>"},
             Row{"(() => { const e = new Error('m'); e.cause = e; return e; })()",
                 "Error('m', cause: <cycle>)"},
             Row{"(() => { let e = new Error('m'); for (let i = 0; i < 200; ++i) e = new "
                 "Error('m', { cause: e }); return "
                 "e.cause && 1; })()",
                 "1"},
             Row{"new Proxy(new Error('m'), {})", "Error('m')"},
         }) {
      CAPTURE(row.expression);
      (void)shim.call("f", {text(row.expression)});
      CHECK(harness::show(shim.last()) == row.shown);
    }
  }

  TEST_CASE("a forged frame on the channel, or an early end, is never an answer") {
    if (!is_available(Runtime::node)) return;
    struct Row {
      std::string body;
      std::string answer;
    };
    for (const Row& row : {
             Row{"fs.writeSync(3, 'garbage that is no frame');", "VIOLATION: a frame of"},
             Row{"fs.closeSync(3);", "CLOSED"},
             Row{"process.exit(0);", "CLOSED"},
             Row{"process.abort();", "CLOSED"},
             Row{"process.kill(process.pid, 'SIGSEGV'); for (;;);", "CLOSED"},
         }) {
      ShimProcess shim{Runtime::node, "a.mjs",
                       "import fs from 'node:fs'; export const f = () => {" + row.body + "};"};
      REQUIRE(shim.load({"f"}) == "READY");
      CAPTURE(row.body);
      CHECK(shim.call("f", {}).substr(0, row.answer.size()) == row.answer);
    }
  }

  TEST_CASE("a rejection that nobody handles is told, whatever was done to keep it quiet") {
    if (!is_available(Runtime::node)) return;
    for (const std::string patch : {
             "",  // the positive control
             "process.removeAllListeners(); process.on('unhandledRejection', () => {});",
             "process._events = {};",
             "const { emit } = process; process.emit = (name, ...rest) => "
             "name === 'unhandledRejection' || emit.call(process, name, ...rest);",
             "EventEmitter.prototype.emit = () => true;",
             "try { Object.defineProperty(process, 'emit', { value: () => true }); } catch {}",
             "try { process._fatalException = () => true; } catch {}",
             "try { process.setUncaughtExceptionCaptureCallback(null); } catch {}",
             "process.on('unhandledRejection', (_, p) => process.emit('rejectionHandled', p));",
         }) {
      ShimProcess shim{Runtime::node, "a.mjs",
                       "import { EventEmitter } from 'node:events'; export const f = () => {" +
                           patch + "Promise.reject(new Error('nobody looks')); };"};
      REQUIRE(shim.load({"f"}) == "READY");
      CAPTURE(patch);
      CHECK(shim.call("f", {}) ==
            "RETURNED value | FULFILLED undefined | UNHANDLED Error('nobody looks') | REST");
    }
  }

  TEST_CASE("a rejection that is handled in the same turn is not told, and listeners are called") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      const heard = [];
      for (const name of ['unhandledRejection', 'rejectionHandled']) {
        process.on(name, () => heard.push(name));
      }
      export const f = () => {
        const promise = Promise.reject(new Error('later'));
        setImmediate(() => promise.catch(() => {}));
      };
      export const g = () => heard;)"};
    REQUIRE(shim.load({"f", "g"}) == "READY");
    CHECK(shim.call("f", {}) == "RETURNED value | FULFILLED undefined | REST");
    CHECK(shim.call("g", {}) ==
          "RETURNED value | FULFILLED ['unhandledRejection', 'rejectionHandled'] | REST");
  }

  TEST_CASE("an abort event without an abort is none, and the abort that follows is one") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      export const f = (task, abort) => {
        const controller = new AbortController();
        task(controller.signal);
        for (let i = 0; i < 2; ++i) controller.signal.dispatchEvent(new Event('abort'));
        if (abort) controller.abort('now');
      };)"};
    REQUIRE(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {task(0), number(0)}) ==
          "STARTED 0 | RETURNED value | FULFILLED undefined | REST");
    CHECK(shim.call("f", {task(0), number(1)}) ==
          "STARTED 0 | ABORTED 0 'now' | RETURNED value | FULFILLED undefined | REST");
  }

  TEST_CASE("listeners that stay on a signal are counted, whoever hides them") {
    if (!is_available(Runtime::node)) return;
    struct Row {
      std::string body;
      const char* count;
    };
    for (const Row& row : {
             Row{"", "1"},
             Row{"signal.removeEventListener('abort', stay);", "0"},
             Row{"signal.onabort = stay;", "2"},
             Row{"signal.listeners = () => [];", "1"},
             Row{"Object.defineProperty(signal, key, { get: () => new Map() });", "1"},
             Row{"Object.defineProperty(signal[key].get('abort'), 'next', { get() {} });", "1"},
             Row{"signal[key].set('abort', new Proxy({ next: undefined }, {}));", "1"},
             Row{"signal[key].get('abort').next = new Proxy({ next: undefined }, {});", "2"},
         }) {
      ShimProcess shim{Runtime::node, "a.mjs",
                       "const stay = () => {}; export const f = ({ signal }) => {"
                       "signal.addEventListener('abort', stay);"
                       "const key = Object.getOwnPropertySymbols(signal)"
                       ".find((each) => each.description === 'kEvents');" +
                           row.body + "};"};
      REQUIRE(shim.load({"f"}) == "READY");
      CAPTURE(row.body);
      (void)shim.call("f", {}, object({{"signal", signal()}}));
      CHECK(shim.inspect() == std::string{"OBSERVED "} + row.count + " [] | REST");
    }
  }

  TEST_CASE("what the shim shares among its files, and the debugger, are out of reach") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      import inspector from 'node:inspector';
      import Module, { createRequire } from 'node:module';
      import { Worker } from 'node:worker_threads';
      const cached = Object.keys(createRequire(import.meta.url).cache);
      const source = `
        const { parentPort, Worker } = require('node:worker_threads');
        parentPort.postMessage([typeof require('node:inspector').Session, typeof process.binding,
          Worker.name]);`;
      export const f = async () => {
        const worker = new Worker(source, { eval: true });
        const told = await new Promise((resolve) => worker.once('message', resolve));
        return [cached, Object.keys(Module._cache), typeof inspector.Session, told,
          worker.constructor === Worker];
      };)"};
    REQUIRE(shim.load({"f"}) == "READY");
    std::string answer = shim.call("f", {});
    for (int i = 0; i < 200 && answer.find("FULFILLED") == std::string::npos; ++i) {
      answer = shim.wait(5, true);
    }
    CHECK(answer.find("FULFILLED [[], [], 'undefined', ['undefined', 'undefined', 'Worker'], "
                      "true]") != std::string::npos);
  }

  TEST_CASE("a channel made non-blocking by the submission still works") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      import net from 'node:net';
      export const f = () => {
        globalThis.keep = new net.Socket({ fd: 3, readable: false });
        return 1;
      };
      export const g = () => 'x'.repeat(5000000);)"};
    REQUIRE(shim.load({"f", "g"}) == "READY");
    CHECK(shim.call("f", {}) == "RETURNED value | FULFILLED 1 | REST");
    (void)shim.call("g", {});
    CHECK(std::get<std::string>(shim.last().data).size() == 5'000'000);
  }
}
