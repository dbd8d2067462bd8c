#include "harnesses/property/literal_text.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

using namespace harness;

namespace {

std::string javascript(const Value& value) {
  return literal_text(value, LiteralStyle::javascript, 500);
}
std::string python(const Value& value) { return literal_text(value, LiteralStyle::python, 500); }

}  // namespace

TEST_SUITE("harnesses/property/literal_text") {
  TEST_CASE("each value is written as its language writes it") {
    struct Row {
      Value value;
      const char* javascript;
      const char* python;
    };
    const Row rows[] = {
        {undefined(), "undefined", "None"},
        {Value{Null{}}, "null", "None"},
        {Value{true}, "true", "True"},
        {Value{false}, "false", "False"},
        {Value{std::int64_t{-5}}, "-5", "-5"},
        {Value{0.5}, "0.5", "0.5"},
        {Value{5.0}, "5", "5.0"},
        {Value{-0.0}, "-0", "-0.0"},
        {Value{1e21}, "1e+21", "1e+21"},
        {Value{std::nan("")}, "NaN", "float(\"nan\")"},
        {Value{-std::numeric_limits<double>::infinity()}, "-Infinity", "-float(\"inf\")"},
        {Value{BigInt{"12345678901234567890"}}, "12345678901234567890n", "12345678901234567890"},
        {Value{Blob{std::string{"\0\xff", 2}}}, "Buffer.from(\"00ff\", \"hex\")",
         "bytes.fromhex(\"00ff\")"},
        {Value{Date{86400000}}, "new Date(86400000)",
         "datetime.fromtimestamp(86400.0, timezone.utc)"},
        {Value{List{{Value{std::int64_t{1}}, Value{std::string{"a"}}}}}, "[1, \"a\"]",
         "[1, \"a\"]"},
        {Value{Object{{{"a", Value{true}}, {"b c", Value{Null{}}}}}}, "{a: true, \"b c\": null}",
         "{\"a\": True, \"b c\": None}"},
        {Value{Map{{{Value{std::int64_t{1}}, Value{false}}}}}, "new Map([[1, false]])",
         "{1: False}"},
        {Value{Set{{Value{std::int64_t{1}}}}}, "new Set([1])", "{1}"},
        {Value{Set{}}, "new Set([])", "set()"},
        {Value{ErrorValue{{"TypeError", "Error"}, "no", {}}}, "new TypeError(\"no\")",
         "TypeError(\"no\")"},
        {Value{Opaque{"function f"}}, "<function f>", "<function f>"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.javascript);
      CHECK(javascript(row.value) == row.javascript);
      CHECK(python(row.value) == row.python);
    }
  }

  TEST_CASE("texts are printable ASCII, whatever they hold") {
    CHECK(javascript(Value{std::string{"a\"b\\c\n\x01\x7f"}}) == R"("a\"b\\c\n\u0001\u007f")");
    CHECK(javascript(Value{std::string{"\xC3\xA9"}}) == R"("\u00e9")");
    CHECK(javascript(Value{std::string{"\xF0\x9F\x98\x80"}}) == R"("\u{1f600}")");
    CHECK(python(Value{std::string{"\xF0\x9F\x98\x80"}}) == R"("\U0001f600")");
    CHECK(javascript(Value{std::string{"\xED\xA0\x80"}}) == R"("\ud800")");  // a lone surrogate
    CHECK(javascript(Value{std::string{"\xE2\x80\xAE"}}) == R"("\u202e")");  // turns text around
  }

  TEST_CASE("a key that would set a prototype is written as what it is") {
    const Value value{Object{{{"__proto__", Value{std::int64_t{1}}}}}};
    CHECK(javascript(value) == "{[\"__proto__\"]: 1}");
    CHECK(python(value) == "{\"__proto__\": 1}");
  }

  TEST_CASE("long values are cut") {
    const std::string text = literal_text(Value{std::string(1000, 'a')}, LiteralStyle::python, 20);
    CHECK(text == "\"aaaaaaaaaaaaaaaaaaa...");
    List many;
    many.items.resize(100'000, Value{std::int64_t{7}});
    CHECK(literal_text(Value{many}, LiteralStyle::javascript, 10) == "[7, 7, 7, ...");
  }
}
