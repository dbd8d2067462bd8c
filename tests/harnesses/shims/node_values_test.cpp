#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "harnesses/protocol/codec.hpp"
#include "harnesses/protocol/show.hpp"
#include "tests/harnesses/shims/shim_process.hpp"

using namespace shim_test;
using harness::Value;

TEST_SUITE("harnesses/shims/node values") {
  TEST_CASE("every kind of value survives the way there and back") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", "export const f = (value) => value;"};
    REQUIRE(shim.load({"f"}) == "READY");
    for (const Value& value : {
             Value{harness::Undefined{}},
             Value{harness::Null{}},
             Value{true},
             Value{false},
             number(0),
             number(-1),
             number(4294967296),
             number(-4294967297),
             number(9007199254740991),
             number(-9007199254740991),
             Value{-0.0},
             Value{1.5},
             Value{1e300},
             Value{std::nan("")},
             Value{std::numeric_limits<double>::infinity()},
             Value{harness::BigInt{"-123456789012345678901234567890"}},
             text(""),
             text("naïve ✓ 漢字 🙂"),
             text(std::string{"\0a", 2}),
             text("lone \xed\xa0\xbd and \xed\xb8\x80"),
             Value{harness::Blob{std::string{"\xff\0\xfe", 3}}},
             Value{harness::Date{1763643600000.0}},
             Value{harness::Date{std::nan("")}},
             list({number(1), list({}), text("x")}),
             object({{"b", number(1)},
                     {"a", object({})},
                     {"__proto__", number(2)},
                     {"", Value{true}}}),
             Value{
                 harness::Map{{{number(1), text("a")}, {object({}), Value{harness::Undefined{}}}}}},
             Value{harness::Set{{number(1), list({})}}},
             Value{harness::ErrorValue{
                 {"TypeError", "Error"}, "m", {{"cause", number(1)}, {"code", text("E")}}}},
             Value{harness::ErrorValue{{"Mine", "Base", "RangeError", "Error"}, "", {}}},
             Value{harness::ErrorValue{
                 {"AggregateError", "Error"}, "m", {{"errors", list({number(1)})}}}},
             Value{harness::ErrorValue{{"AbortError", "DOMException", "Error"}, "stop", {}}},
         }) {
      CAPTURE(harness::show(value));
      (void)shim.call("f", {value});
      CHECK(harness::show(shim.last()) == harness::show(value));
      CHECK(harness::same(shim.last(), value));
    }
  }

  TEST_CASE("what a submission makes is seen for what it is") {
    if (!is_available(Runtime::node)) return;
    struct Row {
      std::string expression;
      const char* shown;
    };
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      import vm from 'node:vm';
      class Mine { constructor() { this.a = 1; } }
      class AppError extends TypeError { name = 'Renamed'; code = 'E1'; }
      export const f = (source) => eval(`(${source})`);)"};
    REQUIRE(shim.load({"f"}) == "READY");
    for (const Row& row : {
             Row{"Array(3)", "[undefined, undefined, undefined]"},
             Row{"[1, , 3]", "[1, undefined, 3]"},
             Row{"Object.create(null, { a: { value: 1, enumerable: true }, b: { value: 2 } })",
                 "{a: 1}"},
             Row{"({ [Symbol('s')]: 1, a: 1 })", "{a: 1}"},
             Row{"new Uint16Array([1, 2])", "bytes(01000200)"},
             Row{"new Uint8Array([1, 2, 3, 4]).subarray(1, 3)", "bytes(0203)"},
             Row{"new ArrayBuffer(2)", "bytes(0000)"},
             Row{"new DataView(new ArrayBuffer(4), 1, 2)", "bytes(0000)"},
             Row{"Buffer.from('ab')", "bytes(6162)"},
             Row{"new Map([[1, new Set([2])]])", "Map{1 => Set{2}}"},
             Row{"class extends Array {}.from([1])", "[1]"},
             Row{"new AppError('m')", "Renamed('m', code: 'E1')"},
             Row{"new Error('m', { cause: new TypeError('c') })",
                 "Error('m', cause: TypeError('c'))"},
             Row{"new AggregateError([new Error('a'), 5], 'm')",
                 "AggregateError('m', errors: [Error('a'), 5])"},
             Row{"Object.assign(new Error('m'), { name: 'AbortError' })", "AbortError('m')"},
             Row{"new DOMException('m', 'TimeoutError')", "TimeoutError('m')"},
             Row{"Object.create(Error.prototype)", "Error('')"},
             Row{"vm.runInNewContext('[1, { a: new Error(\"other realm\") }]')",
                 "[1, <instance of Object>]"},
             Row{"function named() {}", "<function named>"},
             Row{"() => {}", "<function>"},
             Row{"Promise.resolve(1)", "1"},
             Row{"[Promise.resolve(1)]", "[<promise>]"},
             Row{"Symbol('x')", "<symbol>"},
             Row{"new Mine()", "<instance of Mine>"},
             Row{"new (class {})()", "<object>"},
             Row{"new (class extends Error {})('m')", "Error('m')"},
             Row{"/x/", "<instance of RegExp>"},
             Row{"new WeakMap()", "<instance of WeakMap>"},
             Row{"Object(5)", "<instance of Number>"},
             Row{"{ toJSON() { return 1; }, toString() { return 'x'; } }",
                 "{toJSON: <function toJSON>, toString: <function toString>}"},
             Row{"(() => { const a = { b: [] }; a.b.push(a); return a; })()", "{b: [<cycle>]}"},
             Row{"(() => { const a = [1]; return [a, a]; })()", "[[1], [1]]"},
             Row{"12345678901234567890n", "12345678901234567890n"},
             Row{"{ get a() { return 5; } }", "{a: 5}"},
             Row{"{ get a() { throw 1; } }", "<object that throws when it is read>"},
             Row{"[1, { get a() { throw 1; } }, 2]",
                 "[1, <object that throws when it is read>, 2]"},
             Row{"new Proxy({ a: 1 }, {})", "{a: 1}"},
             Row{"new Proxy({}, { ownKeys() { throw 1; } })",
                 "<object that throws when it is read>"},
             Row{"new Proxy({}, { getPrototypeOf() { throw 1; } })",
                 "<object that throws when it is read>"},
             Row{"(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return "
                 "[proxy]; })()",
                 "[<object that throws when it is read>]"},
             Row{"new Proxy(() => {}, {})", "<function>"},
             Row{"structuredClone(new Error('m'))", "Error('m')"},
         }) {
      CAPTURE(row.expression);
      (void)shim.call("f", {text(row.expression)});
      CHECK(harness::show(shim.last()) == row.shown);
    }
  }

  TEST_CASE("the classes of an error go from the most derived to Error") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      class Base extends RangeError {}
      class Derived extends Base {}
      export const f = () => new Derived('m');)"};
    REQUIRE(shim.load({"f"}) == "READY");
    (void)shim.call("f", {});
    CHECK(std::get<harness::ErrorValue>(shim.last().data).classes ==
          std::vector<std::string>{"Derived", "Base", "RangeError", "Error"});
  }

  TEST_CASE("an error of the judge's has a stack where one of the program's has, at any limit") {
    if (!is_available(Runtime::node)) return;
    for (const char* set : {"", "Error.stackTraceLimit = 7;", "Object.freeze(Error);",
                            "Object.defineProperty(Error, 'stackTraceLimit',"
                            "  { get: () => 10, set() { throw 1; } });"}) {
      CAPTURE(set);
      ShimProcess shim{Runtime::node, "a.mjs",
                       std::string{set} +
                           "const limit = Error.stackTraceLimit;"
                           "const first = (e) => String(e.stack).split('\\n')[0];"
                           "export const f = (e) => [first(e) === first(new RangeError('far')),"
                           "  Error.stackTraceLimit === limit];"};
      CHECK(shim.load({"f"}) == "READY");
      CHECK(shim.call("f", {error({"RangeError", "Error"}, "far")}) ==
            "RETURNED value | FULFILLED [true, true] | REST");
    }
  }

  TEST_CASE("depth and size are bounded, and what is beyond is opaque") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      const repeat = (count, value, wrap) => {
        for (let i = 0; i < count; ++i) value = wrap(value);
        return value;
      };
      export const deep = (levels) => repeat(levels, [], (value) => [value]);
      export const wide = (count) => Array(count).fill(0);
      export const long = (count) => 'x'.repeat(count);
      export const umlauts = (count) => 'ü'.repeat(count);
      export const bytes = (count) => Buffer.alloc(count);
      export const laughs = () => repeat(40, ['ha'], (value) => [value, value]);
      export const sparse = () => Array(4294967295);)"};
    REQUIRE(shim.load({"deep", "wide", "long", "umlauts", "bytes", "laughs", "sparse"}) == "READY");
    (void)shim.call("deep", {number(62)});
    CHECK(harness::show(shim.last()).find("too deep") == std::string::npos);
    (void)shim.call("deep", {number(63)});
    CHECK(harness::show(shim.last()).find("<nested too deep>") != std::string::npos);
    (void)shim.call("deep", {number(100'000)});
    CHECK(harness::show(shim.last()).find("<nested too deep>") != std::string::npos);
    (void)shim.call("wide", {number(900'000)});
    CHECK(std::get<harness::List>(shim.last().data).items.size() == 900'000);
    const std::string too_large = "RETURNED value | FULFILLED <value too large to send> | REST";
    CHECK(shim.call("wide", {number(1'000'000)}) == too_large);
    (void)shim.call("long", {number(8'000'000)});
    CHECK(std::get<std::string>(shim.last().data).size() == 8'000'000);
    CHECK(shim.call("long", {number(9'000'000)}) == too_large);
    CHECK(shim.call("umlauts", {number(8'000'000)}) == too_large);
    CHECK(shim.call("bytes", {number(9'000'000)}) == too_large);
    CHECK(shim.call("laughs", {}) == too_large);
    CHECK(shim.call("sparse", {}) == too_large);
  }
}
