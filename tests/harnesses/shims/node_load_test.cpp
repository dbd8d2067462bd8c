#include <doctest/doctest.h>

#include "harnesses/protocol/show.hpp"
#include "tests/harnesses/shims/shim_process.hpp"

using namespace shim_test;

TEST_SUITE("harnesses/shims/node load") {
  TEST_CASE("functions are found however they are exported") {
    if (!is_available(Runtime::node)) return;
    struct Row {
      const char* file;
      std::string source;
    };
    for (const Row& row : {
             Row{"a.mjs", "export function f() { return 1; }"},
             Row{"a.mjs", "export const f = () => 1; export default 5;"},
             Row{"a.mjs", "export default { f: () => 1 };"},
             Row{"a.mjs", "export default () => 1;"},
             Row{"a.cjs", "exports.f = () => 1;"},
             Row{"a.cjs", "module.exports = { f: () => 1 };"},
             Row{"a.cjs", "module.exports = { g: 1, f() { return this.g; } };"},
             Row{"a.cjs", "module.exports = () => 1;"},
             Row{"a.js", "const name = 'f'; module.exports[name] = () => 1;"},
             Row{"a.mjs", "export let f; await null; f = () => 1;"},
         }) {
      ShimProcess shim{Runtime::node, row.file, row.source};
      CAPTURE(row.source);
      CHECK(shim.load({"f"}) == "READY");
      CHECK(shim.call("f", {}) == "RETURNED value | FULFILLED 1 | REST");
    }
  }

  TEST_CASE("several functions, and what is missing of them") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs",
                     "export const race = () => 1, all = 5; export default () => 2;"};
    CHECK(shim.load({"race", "all", "any"}) == "LOAD_FAILED missing_export ['all', 'any']");
    CHECK(shim.call("race", {}) == "RETURNED value | FULFILLED 1 | REST");
    CHECK(shim.call("any", {}) == "REFUSED 'a function that was not loaded'");
  }

  TEST_CASE("what goes wrong is told apart: syntax before anything ran, execution after") {
    if (!is_available(Runtime::node)) return;
    struct Row {
      const char* file;
      std::string source;
      const char* answer;
      const char* error;
    };
    for (const Row& row : {
             Row{"a.mjs", "export function f( {", "LOAD_FAILED syntax []",
                 "SyntaxError('Unexpected end of input')"},
             Row{"a.cjs", "let a; let a;", "LOAD_FAILED syntax []",
                 "SyntaxError('Identifier \\'a\\' has already been declared')"},
             Row{"a.mjs", "import { nothing } from 'node:fs';", "LOAD_FAILED syntax []",
                 "SyntaxError('The requested module \\'node:fs\\' does not provide an export named "
                 "\\'nothing\\'')"},
             Row{"a.mjs", "JSON.parse('{');", "LOAD_FAILED execution []", nullptr},
             Row{"a.cjs", "new Function('(');", "LOAD_FAILED execution []", nullptr},
             Row{"a.mjs", "throw new RangeError('early');", "LOAD_FAILED execution []",
                 "RangeError('early')"},
             Row{"a.mjs", "throw undefined;", "LOAD_FAILED execution []", "undefined"},
             Row{"a.mjs", "await Promise.reject(7);", "LOAD_FAILED execution []", "7"},
             Row{"a.mjs", "await new Promise(() => {});", "LOAD_FAILED execution []",
                 "Error('the module never finishes loading: its top-level await waits for "
                 "something that cannot "
                 "happen')"},
         }) {
      ShimProcess shim{Runtime::node, row.file, row.source};
      CAPTURE(row.source);
      CHECK(shim.load({"f"}) == row.answer);
      if (row.error != nullptr) CHECK(harness::show(shim.last()) == row.error);
    }
  }

  TEST_CASE("a top-level await may take timers, files and the thread pool") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      import { readFile } from 'node:fs/promises';
      import { pbkdf2 } from 'node:crypto';
      await new Promise((resolve) => setTimeout(resolve, 20));
      await readFile(new URL(import.meta.url));
      await new Promise((resolve) => pbkdf2('a', 'b', 1000, 16, 'sha1', resolve));
      export const f = () => 1;)"};
    CHECK(shim.load({"f"}) == "READY");
  }

  TEST_CASE("an error that nobody catches while loading is told, and loading goes on") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      setTimeout(() => { throw new Error('lost'); }, 1);
      Promise.reject(new TypeError('nobody'));
      await new Promise((resolve) => setTimeout(resolve, 20));
      export const f = () => 1;)"};
    CHECK(shim.load({"f"}) == "UNCAUGHT Error('lost') | UNHANDLED TypeError('nobody') | READY");
  }

  TEST_CASE("a program that ends itself closes the channel") {
    if (!is_available(Runtime::node)) return;
    for (const std::string source :
         {"process.exit(0);", "process.kill(process.pid, 'SIGKILL'); for (;;);"}) {
      ShimProcess shim{Runtime::node, "a.mjs", source};
      CAPTURE(source);
      CHECK(shim.load({"f"}) == "CLOSED");
    }
  }

  TEST_CASE("the shim ends with its channel, whatever the submission left running") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{
        Runtime::node, "a.mjs",
        "setInterval(() => {}, 1); process.on('exit', () => { for (;;); }); export const f = 1;"};
    CHECK(shim.load({"f"}) == "LOAD_FAILED missing_export ['f']");
    CHECK(shim.end() == 0);
  }

  TEST_CASE("output of the submission goes past the channel") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      console.log('{"verdict":"accepted"}'); console.error('noise');
      export const f = () => { process.stdout.write('x'.repeat(100000)); return 1; };)"};
    CHECK(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {}) == "RETURNED value | FULFILLED 1 | REST");
  }
}
