#include "harnesses/cases/compare.hpp"

#include <doctest/doctest.h>

#include "harnesses/cases/json_value.hpp"

using harness::CompareMode;
using harness::Comparison;
using harness::difference;

namespace {

Comparison by(CompareMode mode) { return {.mode = mode, .float_tolerance = {}}; }

}  // namespace

TEST_SUITE("harnesses/cases/compare") {
  TEST_CASE("words are compared whatever white space is between them") {
    CHECK_FALSE(difference("1 2\n3\n", "1\t2   3", by(CompareMode::tokens)));
    CHECK(difference("1 2 3", "1 2 4", by(CompareMode::tokens)) ==
          "word 3: expected '3', found '4'");
    CHECK(difference("1 2", "1 2 3", by(CompareMode::tokens)) ==
          "at the end: expected 2 words, found 3 words");
    CHECK(difference("a", "", by(CompareMode::tokens)) ==
          "at the end: expected 1 word, found 0 words");
  }

  TEST_CASE("numbers agree within the tolerance, absolute or relative, and words never do") {
    const Comparison close{.mode = CompareMode::tokens, .float_tolerance = 1e-6};
    CHECK_FALSE(difference("0.3333333", "0.33333331", close));
    CHECK_FALSE(difference("1e12", "1000000000001", close));
    CHECK(difference("1", "1.1", close) == "word 1: expected '1', found '1.1'");
    CHECK(difference("1", "nan", close) == "word 1: expected '1', found 'nan'");
    CHECK(difference("one", "one.", close) == "word 1: expected 'one', found 'one.'");
    CHECK(difference("1.0", "1", by(CompareMode::tokens)) == "word 1: expected '1.0', found '1'");
  }

  TEST_CASE("exact means every byte") {
    CHECK_FALSE(difference("a\nb\n", "a\nb\n", by(CompareMode::exact)));
    CHECK(difference("a\nb\n", "a\nb", by(CompareMode::exact)) ==
          "byte 3, line 2: expected '\\n', found the end");
    CHECK(difference("a", "ab", by(CompareMode::exact)) ==
          "byte 1, line 1: expected the end, found 'b'");
  }

  TEST_CASE("unordered lines may come in any order, each as often as expected") {
    CHECK_FALSE(difference("a\nb\n", "b\na", by(CompareMode::unordered)));
    CHECK(difference("a\na\nb\n", "a\nb\nb\n", by(CompareMode::unordered)) ==
          "the line 'a' is missing");
    CHECK(difference("a\n", "a\nc\n", by(CompareMode::unordered)) ==
          "the line 'c' should not be there");
  }

  TEST_CASE("JSON lines are compared by value") {
    const Comparison json = by(CompareMode::json_lines);
    CHECK_FALSE(difference("{\"a\":1,\"b\":\"é\"}\n", "{ \"b\": \"\\u00e9\", \"a\": 1 }", json));
    CHECK_FALSE(difference("1\n2\n", "1\n\n2\n\n", json));
    CHECK(difference("{\"a\":\"1\"}\n", "{\"a\":1}\n", json) ==
          "record 1: expected {\"a\":\"1\"}, found {\"a\":1}");
    CHECK(difference("1\n2\n", "1\n", json) == "record 2: expected 2, found the end of the output");
    CHECK(difference("1\n", "1\n2\n", json) == "record 2: expected the end of the output, found 2");
    CHECK(difference("1\n", "{\"a\":1,\"a\":2}\n", json) ==
          "record 1: '{\"a\":1,\"a\":2}' has the key 'a' twice");
    CHECK(difference("1\n", "oops\n", json) == "record 1: 'oops' is not JSON");
    CHECK(difference("1\n", "\"\xff\"\n", json) == "record 1: '\"\\xFF\"' is not JSON");
  }

  TEST_CASE("what a program prints is never shown raw") {
    CHECK(difference("a", "\x1b[2J", by(CompareMode::tokens)) ==
          "word 1: expected 'a', found '\\x1B[2J'");
  }
}

TEST_SUITE("harnesses/cases/json_value") {
  TEST_CASE("nesting is bounded while parsing") {
    const auto nested = [](std::size_t depth) {
      return std::string(depth, '[') + std::string(depth, ']');
    };
    CHECK(harness::parse_json(nested(60)).has_value());
    CHECK(harness::parse_json(nested(200'000)).error().message() ==
          "is nested deeper than 64 levels");
  }

  TEST_CASE("duplicate keys are refused at any depth, equal keys of different objects are not") {
    CHECK(harness::parse_json(R"({"a":{"x":1},"b":{"x":2}})").has_value());
    CHECK(harness::parse_json(R"([{"x":1,"y":{"z":1,"z":2}}])").error().message() ==
          "has the key 'z' twice");
  }
}
