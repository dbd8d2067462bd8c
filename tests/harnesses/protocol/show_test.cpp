#include "harnesses/protocol/show.hpp"

#include <cmath>
#include <limits>
#include <string>

#include <doctest/doctest.h>

using harness::same;
using harness::show;
using harness::Value;

namespace {

Value text(const char* content) { return Value{std::string{content}}; }
Value integer(std::int64_t value) { return Value{value}; }
Value list(std::vector<Value> items) { return Value{harness::List{std::move(items)}}; }
Value object(std::vector<std::pair<std::string, Value>> fields) {
  return Value{harness::Object{std::move(fields)}};
}
Value error(const char* name, const char* message) {
  return Value{harness::ErrorValue{{name, "Error"}, message, {}}};
}

}  // namespace

TEST_SUITE("harnesses/protocol/show") {
  TEST_CASE("numbers are the same by value, with NaN the same as itself and -0 unlike 0") {
    CHECK(same(integer(3), Value{3.0}));
    CHECK(same(Value{std::nan("")}, Value{-std::nan("1")}));
    CHECK(same(Value{-0.0}, Value{-0.0}));
    CHECK_FALSE(same(Value{-0.0}, Value{0.0}));
    CHECK_FALSE(same(Value{-0.0}, integer(0)));
    CHECK_FALSE(same(integer(3), Value{3.5}));
    CHECK_FALSE(same(integer(9007199254740993), Value{9007199254740992.0}));
    CHECK(same(integer(std::numeric_limits<std::int64_t>::min()), Value{-9223372036854775808.0}));
    CHECK_FALSE(
        same(integer(std::numeric_limits<std::int64_t>::max()), Value{9223372036854775808.0}));
    CHECK_FALSE(same(integer(3), Value{harness::BigInt{"3"}}));
    CHECK_FALSE(same(integer(3), text("3")));
  }

  TEST_CASE("order matters in lists, and nowhere else") {
    CHECK_FALSE(same(list({integer(1), integer(2)}), list({integer(2), integer(1)})));
    CHECK(same(object({{"a", integer(1)}, {"b", Value{2.0}}}),
               object({{"b", integer(2)}, {"a", integer(1)}})));
    CHECK_FALSE(same(object({{"a", integer(1)}}),
                     object({{"a", integer(1)}, {"b", Value{harness::Undefined{}}}})));
    CHECK(same(Value{harness::Set{{integer(1), text("x")}}},
               Value{harness::Set{{text("x"), Value{1.0}}}}));
    CHECK_FALSE(same(Value{harness::Set{{integer(1)}}}, Value{harness::Set{{integer(2)}}}));
    CHECK(same(Value{harness::Map{{{integer(1), integer(2)}, {integer(3), integer(4)}}}},
               Value{harness::Map{{{integer(3), integer(4)}, {Value{1.0}, integer(2)}}}}));
    CHECK_FALSE(same(Value{harness::Map{{{integer(1), integer(2)}}}},
                     Value{harness::Map{{{integer(2), integer(1)}}}}));
  }

  TEST_CASE("kinds are never mixed up") {
    CHECK_FALSE(same(Value{harness::Undefined{}}, Value{harness::Null{}}));
    CHECK_FALSE(same(list({}), object({})));
    CHECK_FALSE(same(list({}), Value{harness::Set{}}));
    CHECK_FALSE(same(text("f"), Value{harness::Opaque{"f"}}));
    CHECK_FALSE(same(Value{harness::Blob{"a"}}, text("a")));
    CHECK_FALSE(same(Value{false}, integer(0)));
  }

  TEST_CASE("identity: a known object only equals itself") {
    CHECK(same(Value{harness::Known{1}}, Value{harness::Known{1}}));
    CHECK_FALSE(same(Value{harness::Known{1}}, Value{harness::Known{2}}));
    CHECK_FALSE(same(Value{harness::Known{1}}, error("Error", "x")));
  }

  TEST_CASE("errors are the same in classes, message and fields") {
    CHECK(same(error("TypeError", "x"), error("TypeError", "x")));
    CHECK_FALSE(same(error("TypeError", "x"), error("RangeError", "x")));
    CHECK_FALSE(same(error("TypeError", "x"), error("TypeError", "y")));
  }

  TEST_CASE("canonical encodings are equal for values that are the same, and for no others") {
    const Value values[] = {integer(3),
                            Value{3.0},
                            integer(0),
                            Value{-0.0},
                            Value{std::nan("")},
                            Value{harness::Null{}},
                            text("3"),
                            list({integer(1), Value{2.0}}),
                            list({Value{1.0}, integer(2)})};
    for (const Value& left : values) {
      for (const Value& right : values) {
        CHECK((harness::canonical_encoding(left) == harness::canonical_encoding(right)) ==
              same(left, right));
      }
    }
    CHECK(harness::canonical_encoding(values[0]) == harness::canonical_encoding(values[1]));
    CHECK(harness::canonical_encoding(values[2]) != harness::canonical_encoding(values[3]));
  }

  TEST_CASE("values are shown as literals") {
    struct Row {
      Value value;
      const char* shown;
    };
    const Row rows[] = {
        {Value{harness::Undefined{}}, "undefined"},
        {Value{harness::Null{}}, "null"},
        {Value{true}, "true"},
        {integer(-3), "-3"},
        {Value{2.5}, "2.5"},
        {Value{-0.0}, "-0"},
        {Value{std::nan("")}, "NaN"},
        {Value{-std::numeric_limits<double>::infinity()}, "-Infinity"},
        {Value{harness::BigInt{"12"}}, "12n"},
        {text("it's \\ a\nline\x1b"), "'it\\'s \\\\ a\\nline\\x1B'"},
        {Value{harness::Blob{"\x01\xff"}}, "bytes(01ff)"},
        {Value{harness::Date{0}}, "Date(0)"},
        {list({integer(1), text("a")}), "[1, 'a']"},
        {object({{"key", integer(1)}, {"odd key", list({})}}), "{key: 1, 'odd key': []}"},
        {Value{harness::Map{{{integer(1), text("a")}}}}, "Map{1 => 'a'}"},
        {Value{harness::Set{{integer(1)}}}, "Set{1}"},
        {error("TypeError", "bad"), "TypeError('bad')"},
        {Value{harness::ErrorValue{{"E"}, "m", {{"code", integer(5)}}}}, "E('m', code: 5)"},
        {Value{harness::Known{4}}, "<known 4>"},
        {Value{harness::Opaque{"function f"}}, "<function f>"},
        {Value{harness::Controlled{"task", {{"index", integer(0)}}}}, "<task index: 0>"},
        {Value{harness::Define{1, std::make_shared<const Value>(list({}))}}, "[]"},
    };
    for (const Row& row : rows) CHECK(show(row.value) == row.shown);
  }

  TEST_CASE("long values are cut, never inside a character") {
    CHECK(show(text("abcdefgh"), 5) == "'abcd...");
    CHECK(show(text("ab✓✓"), 5) == "'ab...");
    CHECK(show(list(std::vector<Value>(1'000'000, integer(7))), 10) == "[7, 7, 7, ...");
    CHECK(show(text(std::string(1000, '\x1b').c_str()), 20).size() == 23);
  }
}
