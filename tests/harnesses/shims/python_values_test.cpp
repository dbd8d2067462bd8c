#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "harnesses/protocol/show.hpp"
#include "tests/harnesses/shims/shim_process.hpp"

using namespace shim_test;
using harness::Value;

TEST_SUITE("harnesses/shims/python values") {
  TEST_CASE("every kind of value that Python has survives the way there and back") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", "def f(value): return value"};
    REQUIRE(shim.load({"f"}) == "READY");
    for (const Value& value : {
             Value{harness::Null{}},
             Value{true},
             Value{false},
             number(0),
             number(std::numeric_limits<std::int64_t>::min()),
             number(std::numeric_limits<std::int64_t>::max()),
             Value{-0.0},
             Value{1.5},
             Value{std::nan("")},
             Value{-std::numeric_limits<double>::infinity()},
             Value{harness::BigInt{"-123456789012345678901234567890"}},
             text("naïve ✓ 漢字 🙂"),
             text(std::string{"\0a", 2}),
             text("lone \xed\xa0\xbd and \xed\xb8\x80"),
             Value{harness::Blob{std::string{"\xff\0\xfe", 3}}},
             Value{harness::Date{1763643600000.0}},
             list({number(1), list({}), text("x")}),
             object({{"b", number(1)}, {"a", object({})}, {"", Value{true}}}),
             Value{harness::Map{{{number(1), text("a")}, {text("k"), Value{harness::Null{}}}}}},
             Value{harness::Set{{number(1), text("x"), text("y"), text("z")}}},
             Value{harness::ErrorValue{
                 {"ValueError", "Exception", "BaseException"}, "m", {{"code", text("E")}}}},
             Value{harness::ErrorValue{
                 {"Mine", "Base", "LookupError", "Exception", "BaseException"}, "", {}}},
         }) {
      CAPTURE(harness::show(value));
      (void)shim.call("f", {value});
      CHECK(harness::same(shim.last(), value));
    }
    CHECK(shim.call("f", {harness::undefined()}) == "RETURNED value | FULFILLED null | REST");
  }

  TEST_CASE("what a submission makes is seen for what it is") {
    if (!is_available(Runtime::python)) return;
    struct Row {
      std::string expression;
      std::string shown;
    };
    ShimProcess shim{Runtime::python, "a.py", R"(
import collections, enum, datetime, asyncio
class Plain: pass
class Odd(dict):
    def items(self): raise ValueError
    def __iter__(self): raise ValueError
class Text(str):
    def encode(self, *_): raise ValueError
    def __str__(self): return 'forged'
class Lying(Exception):
    def __str__(self): return 'forged'
    @property
    def args(self): return ('forged',)
class Hidden(Exception):
    def __getattribute__(self, name): raise ValueError
class Colour(enum.IntEnum): RED = 3
Point = collections.namedtuple('Point', 'x y')
def cycle():
    a = []; a.append([a]); return a
def cause():
    try:
        try: 1 / 0
        except ZeroDivisionError as e: raise ValueError('outer') from e
    except ValueError as e: return e
def f(source): return eval(source)
)"};
    REQUIRE(shim.load({"f"}) == "READY");
    for (const Row& row : {
             Row{"(1, [2])", "[1, [2]]"},
             Row{"Point(1, 2)", "[1, 2]"},
             Row{"collections.OrderedDict(a=1)", "{a: 1}"},
             Row{"{'a': 1, 2: 3}", "Map{'a' => 1, 2 => 3}"},
             Row{"{}", "{}"},
             Row{"{'z', 'a', 'm'}", "Set{'a', 'm', 'z'}"},
             Row{"frozenset([1])", "Set{1}"},
             Row{"bytearray(b'ab')", "bytes(6162)"},
             Row{"memoryview(b'ab')", "bytes(6162)"},
             Row{"Colour.RED", "3"},
             Row{"Odd(a=1)", "{a: 1}"},
             Row{"Text('x')", "'x'"},
             Row{"Lying('m')", "Lying('m')"},
             Row{"Hidden('m')", "<object that throws when it is read>"},
             Row{"ValueError('a', 1)", "ValueError('a')"},
             Row{"ValueError(5)", "ValueError('5')"},
             Row{"OSError(2, 'No such file')", "FileNotFoundError('No such file')"},
             Row{"cause()", "ValueError('outer', cause: ZeroDivisionError('division by zero'))"},
             Row{"cycle()", "[[<cycle>]]"},
             Row{"len", "<builtin_function_or_method len>"},
             Row{"f", "<function f>"},
             Row{"Plain", "<type Plain>"},
             Row{"Plain()", "<instance of Plain>"},
             Row{"1j", "<instance of complex>"},
             Row{"datetime.datetime(1970, 1, 1)", "<instance of datetime>"},
             Row{"datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)", "Date(0)"},
             Row{"'\\ud83d\\ude00'", "'😀'"},
         }) {
      CAPTURE(row.expression);
      (void)shim.call("f", {text(row.expression)});
      CHECK(harness::show(shim.last()) == row.shown);
    }
  }

  TEST_CASE("depth and size are bounded, and what is beyond is opaque") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", R"(
def deep(levels):
    value = []
    for _ in range(levels): value = [value]
    return value
def laughs():
    value = ['ha']
    for _ in range(40): value = [value, value]
    return value
def long(count): return 'x' * count
def umlauts(count): return 'ü' * count
def data(count): return bytes(count)
def huge(): return 10 ** 100000
)"};
    REQUIRE(shim.load({"deep", "laughs", "long", "umlauts", "data", "huge"}) == "READY");
    (void)shim.call("deep", {number(62)});
    CHECK(harness::show(shim.last()).find("too deep") == std::string::npos);
    (void)shim.call("deep", {number(63)});
    CHECK(harness::show(shim.last()).find("<nested too deep>") != std::string::npos);
    const std::string too_large = "RETURNED value | FULFILLED <value too large to send> | REST";
    CHECK(shim.call("laughs", {}) == too_large);
    CHECK(shim.call("long", {number(9'000'000)}) == too_large);
    CHECK(shim.call("umlauts", {number(8'000'000)}) == too_large);
    CHECK(shim.call("data", {number(9'000'000)}) == too_large);
    (void)shim.call("huge", {});
    CHECK(harness::show(shim.last()).find("bits>") != std::string::npos);
  }
}
