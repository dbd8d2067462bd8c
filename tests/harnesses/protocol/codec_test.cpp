#include "harnesses/protocol/codec.hpp"

#include <cmath>
#include <limits>
#include <string>

#include <doctest/doctest.h>

#include "harnesses/protocol/show.hpp"

using harness::decode;
using harness::encode;
using harness::Value;

namespace {

Value text(const char* content) { return Value{std::string{content}}; }
Value integer(std::int64_t value) { return Value{value}; }

// One value of every tag that crosses in both directions.
std::vector<Value> samples() {
  using namespace std::string_literals;
  return {
      Value{harness::Undefined{}},
      Value{harness::Null{}},
      Value{false},
      Value{true},
      integer(0),
      integer(-1),
      integer(std::numeric_limits<std::int64_t>::min()),
      integer(std::numeric_limits<std::int64_t>::max()),
      Value{1.5},
      Value{-0.0},
      Value{std::nan("")},
      Value{-std::numeric_limits<double>::infinity()},
      Value{harness::BigInt{"-123456789012345678901234567890"}},
      Value{harness::BigInt{"0"}},
      text(""),
      text("naïve 🙂"),
      Value{"nul \0 inside"s},
      Value{"lone \xed\xa0\xbd surrogate"s},
      Value{harness::Blob{"\xff\x00\xfe"s}},
      Value{harness::Date{1763643600000.0}},
      Value{harness::Date{std::nan("")}},
      Value{harness::List{{integer(1), text("two"), Value{harness::List{}}}}},
      Value{harness::Object{{{"b", integer(1)}, {"a", Value{harness::Null{}}}, {"", Value{true}}}}},
      Value{harness::Map{{{integer(1), text("one")}, {text("k"), Value{harness::Undefined{}}}}}},
      Value{harness::Set{{integer(1), text("x")}}},
      Value{harness::ErrorValue{{"TypeError", "Error"}, "bad", {{"code", text("E_BAD")}}}},
      Value{harness::Known{7}},
      Value{harness::Opaque{"function f"}},
  };
}

}  // namespace

TEST_SUITE("harnesses/protocol/codec") {
  TEST_CASE("every kind of value comes back from its encoding, byte for byte") {
    for (const Value& value : samples()) {
      const std::string bytes = encode(value);
      const auto back = decode(bytes);
      CAPTURE(harness::show(value));
      REQUIRE(back);
      CHECK(back->data.index() == value.data.index());
      CHECK(encode(*back) == bytes);
      CHECK(harness::same(*back, value));
    }
  }

  TEST_CASE("the wire form is what PROTOCOL.md draws") {
    using namespace std::string_literals;
    CHECK(encode(integer(-2)) == "\x04\xfe\xff\xff\xff\xff\xff\xff\xff"s);
    CHECK(encode(Value{1.0}) == "\x05\0\0\0\0\0\0\xf0\x3f"s);
    CHECK(encode(text("ab")) == "\x07\x02\0\0\0ab"s);
    CHECK(encode(Value{harness::List{{Value{true}}}}) == "\x0a\x01\0\0\0\x03"s);
    CHECK(encode(Value{harness::Object{{{"k", Value{false}}}}}) ==
          "\x0b\x01\0\0\0\x01\0\0\0k\x02"s);
    CHECK(encode(Value{harness::ErrorValue{{"E"}, "m", {}}}) ==
          "\x0e\x01\0\0\0\x01\0\0\0E\x01\0\0\0m\0\0\0\0"s);
    CHECK(
        encode(Value{harness::Define{5, std::make_shared<const Value>(Value{harness::List{}})}}) ==
        "\x11\x05\0\0\0\x0a\0\0\0\0"s);
    CHECK(encode(Value{harness::Controlled{"task", {{"index", integer(0)}}}}) ==
          "\x12\x04\0\0\0task\x01\0\0\0\x05\0\0\0index\x04\0\0\0\0\0\0\0\0"s);
  }

  TEST_CASE("the deepest value allowed is read, and destroyed, without harm") {
    Value value = integer(1);
    for (int i = 0; i < 64; ++i) value = Value{harness::List{{std::move(value)}}};
    CHECK(decode(encode(value)));
  }

  TEST_CASE("as many values as allowed are read") {
    harness::List list;
    list.items.resize(999);
    CHECK(decode(encode(Value{list}), {.depth = 64, .values = 1000}));
  }

  TEST_CASE("values that stand one behind the other are taken off one by one") {
    const std::string bytes = encode(integer(1)) + encode(Value{std::string{"b"}});
    std::string_view left{bytes};
    const auto first = harness::decode_first(left);
    REQUIRE(first);
    CHECK(encode(*first) == encode(integer(1)));
    const auto second = harness::decode_first(left);
    REQUIRE(second);
    CHECK(encode(*second) == encode(Value{std::string{"b"}}));
    CHECK(left.empty());
    CHECK(harness::decode_first(left).error().message() == "byte 0: a value is cut off");
  }

  TEST_CASE("integers beyond what a double holds keep their last digit") {
    const auto back = decode(encode(integer(9007199254740993)));
    REQUIRE(back);
    CHECK(std::get<std::int64_t>(back->data) == 9007199254740993);
  }
}
