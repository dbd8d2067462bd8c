#include <string>

#include <doctest/doctest.h>

#include "harnesses/protocol/codec.hpp"

using namespace std::string_literals;

namespace {

std::string nested_lists(int levels) {
  std::string bytes;
  for (int i = 0; i < levels; ++i) bytes += "\x0a\x01\0\0\0"s;
  return bytes + "\x00"s;
}

// A list that claims a million members, whose first is another such list, and so on: 60 claims in
// 300 bytes.
std::string claims_within_claims(int levels) {
  std::string bytes;
  for (int i = 0; i < levels; ++i) bytes += "\x0a\x40\x42\x0f\0"s;
  return bytes + std::string(1'100'000, '\0');
}

}  // namespace

TEST_SUITE("harnesses/protocol/decode") {
  TEST_CASE("malformed payloads are refused, each in words") {
    struct Row {
      std::string bytes;
      const char* error;
    };
    const Row rows[] = {
        {"", "byte 0: a value is cut off"},
        {"\x13", "byte 0: unknown tag 19"},
        {"\xff", "byte 0: unknown tag 255"},
        {"\x11\0\0\0\0\x0a\0\0\0\0"s, "byte 0: tag 17, which only the judge may send"},
        {"\x12\0\0\0\0\0\0\0\0"s, "byte 0: tag 18, which only the judge may send"},
        {"\x00\x00"s, "byte 1: 1 bytes behind the value; there must be none"},
        {"\x04\0\0\0\0\0\0\0"s, "byte 1: an integer is cut off"},
        {"\x05\0\0"s, "byte 1: a number is cut off"},
        {"\x09"s, "byte 1: a number is cut off"},
        {"\x0f\x01\0"s, "byte 1: an id is cut off"},
        {"\x06\x00\0\0\0"s, "byte 1: not a decimal integer: ''"},
        {"\x06\x01\0\0\0-"s, "byte 1: not a decimal integer: '-'"},
        {"\x06\x02\0\0\0-0"s, "byte 1: not a decimal integer: '-0'"},
        {"\x06\x02\0\0\0"
         "01"s,
         "byte 1: not a decimal integer: '01'"},
        {"\x06\x02\0\0\0+1"s, "byte 1: not a decimal integer: '+1'"},
        {"\x06\x03\0\0\0"
         "1e3"s,
         "byte 1: not a decimal integer: '1e3'"},
        {"\x07\x02\0\0"s, "byte 1: a count is cut off"},
        {"\x07\x02\0\0\0a"s, "byte 1: 2 bytes do not fit the bytes that follow"},
        {"\x07\xff\xff\xff\xff"s, "byte 1: 4294967295 bytes do not fit the bytes that follow"},
        {"\x07\x01\0\0\0\xff"s, "byte 1: text that is not UTF-8: '\\xFF'"},
        {"\x07\x02\0\0\0\xc0\xaf"s, "byte 1: text that is not UTF-8: '\\xC0\\xAF'"},
        {"\x07\x03\0\0\0\xe0\x80\xaf"s, "byte 1: text that is not UTF-8: '\\xE0\\x80\\xAF'"},
        {"\x07\x04\0\0\0\xf4\x90\x80\x80"s,
         "byte 1: text that is not UTF-8: '\\xF4\\x90\\x80\\x80'"},
        {"\x07\x02\0\0\0\xe2\x82"s, "byte 1: text that is not UTF-8: '\\xE2\\x82'"},
        {"\x07\x06\0\0\0\xed\xa0\xbd\xed\xb8\x80"s,
         "byte 1: text that is not UTF-8: '\\xED\\xA0\\xBD\\xED\\xB8\\x80'"},
        {"\x08\x04\0\0\0abc"s, "byte 1: 4 bytes do not fit the bytes that follow"},
        {"\x0a\x02\0\0\0\x00"s, "byte 1: 2 values do not fit the bytes that follow"},
        {"\x0a\x01\0\0\0"s, "byte 1: 1 values do not fit the bytes that follow"},
        {"\x0b\x01\0\0\0\x00"s, "byte 1: 1 fields do not fit the bytes that follow"},
        {"\x0b\x02\0\0\0\x01\0\0\0a\x02\x01\0\0\0a\x03"s, "byte 1: the key 'a' stands twice"},
        {"\x0b\x01\0\0\0\x01\0\0\0\xff\x02"s, "byte 5: text that is not UTF-8: '\\xFF'"},
        {"\x0c\x01\0\0\0\x00"s, "byte 1: 1 entries do not fit the bytes that follow"},
        {"\x0d\x01\0\0\0\x63"s, "byte 5: unknown tag 99"},
        {"\x0e\xff\0\0\0"s, "byte 1: 255 class names do not fit the bytes that follow"},
        {"\x0e\x21\0\0\0"s + std::string(150, '\0'),
         "byte 5: 33 class names; at most 32 are allowed"},
        {"\x0e\0\0\0\0\0\0\0\0\x01\0\0\0"s, "byte 9: 1 fields do not fit the bytes that follow"},
        {"\x10\x01\0\0\0\x80"s, "byte 1: text that is not UTF-8: '\\x80'"},
        {nested_lists(65), "byte 325: nested deeper than 64 levels"},
        {claims_within_claims(2), "byte 5: more values than one payload may hold"},
    };
    for (const Row& row : rows) {
      const auto result = harness::decode(row.bytes);
      CAPTURE(row.error);
      REQUIRE_FALSE(result);
      CHECK(result.error().message() == row.error);
      CHECK(result.error().kind() == base::Error::Kind::invalid_input);
    }
  }

  TEST_CASE("one level less and one surrogate alone are fine") {
    CHECK(harness::decode(nested_lists(64)));
    CHECK(harness::decode("\x07\x03\0\0\0\xed\xa0\xbd"s));
  }

  TEST_CASE("a hundred thousand levels are refused without exhausting the stack") {
    const auto result = harness::decode(nested_lists(100'000));
    REQUIRE_FALSE(result);
    CHECK(result.error().message() == "byte 325: nested deeper than 64 levels");
  }

  TEST_CASE("limits can be narrowed") {
    const auto result = harness::decode("\x0a\x02\0\0\0\0\0"s, {.depth = 64, .values = 2});
    REQUIRE_FALSE(result);
    CHECK(result.error().message() == "byte 5: more values than one payload may hold");
  }
}
