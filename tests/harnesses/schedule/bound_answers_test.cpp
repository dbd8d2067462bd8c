#include "harnesses/schedule/bound_answers.hpp"

#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "harnesses/protocol/codec.hpp"
#include "harnesses/protocol/weight.hpp"
#include "harnesses/schedule/oracle/describe.hpp"

using harness::Answer;
using harness::FrameType;
using harness::List;
using harness::Object;
using harness::Trace;
using harness::Value;

namespace {

Answer fulfilled(Value value) {
  return {
      .type = FrameType::fulfilled,
      .payload = Value{Object{{{"call", Value{std::int64_t{0}}}, {"value", std::move(value)}}}}};
}

// What is left of the value.
Value bounded(Value value, Trace& trace) {
  Answer answer = fulfilled(std::move(value));
  REQUIRE(harness::bound_values(answer, trace).has_value());
  return std::get<Object>(answer.payload.data).fields[1].second;
}

bool is_opaque(const Value& value) { return std::holds_alternative<harness::Opaque>(value.data); }

Value text(std::size_t size) { return Value{std::string(size, 'x')}; }

}  // namespace

TEST_SUITE("harnesses/schedule/bound_answers") {
  TEST_CASE("large values are kept until there is a mebibyte of them, small ones always") {
    Trace trace;
    CHECK_FALSE(is_opaque(bounded(text(600'000), trace)));
    CHECK(is_opaque(bounded(text(600'000), trace)));
    CHECK_FALSE(is_opaque(bounded(text(500), trace)));
    CHECK_FALSE(is_opaque(bounded(text(100'000), trace)));  // there is room for that one
  }

  TEST_CASE("each argument of an invocation is looked at by itself") {
    Trace trace;
    Answer answer{
        .type = FrameType::invoked,
        .payload = Value{Object{{{"arguments", Value{List{{text(2'000'000), text(9)}}}}}}}};
    REQUIRE(harness::bound_values(answer, trace).has_value());
    const auto& arguments =
        std::get<List>(std::get<Object>(answer.payload.data).fields[0].second.data);
    CHECK(is_opaque(arguments.items[0]));
    CHECK_FALSE(is_opaque(arguments.items[1]));
  }

  TEST_CASE("so many small ones that they are a flood are refused") {
    Trace trace;
    bool refused = false;
    for (int i = 0; i < 10'000 && !refused; ++i) {
      Answer answer = fulfilled(text(900));
      refused = !harness::bound_values(answer, trace).has_value();
    }
    CHECK(refused);
    CHECK(trace.weight < (std::size_t{5} << 20U));
  }

  TEST_CASE("a value's weight is no less than its description takes") {
    const Value empty{List{}};
    std::vector<Value> values{
        text(1000),
        Value{List{std::vector<Value>(100, empty)}},
        Value{List{std::vector<Value>(100, Value{std::int64_t{1}})}},
        Value{harness::Set{std::vector<Value>(100, empty)}},
        Value{harness::Map{{{empty, empty}, {text(3), Value{Object{}}}}}},
        Value{Object{{{std::string(1000, 'k'), empty}, {"", Value{}}}}},
        Value{harness::Blob{std::string(1000, '\0')}},
        Value{harness::BigInt{std::string(100, '7')}},
        Value{harness::Opaque{std::string(300, 'o')}},
        Value{harness::Known{7}},
        Value{harness::ErrorValue{{}, "", {}}},
        Value{harness::ErrorValue{{"MyError", "Error"}, "message", {{"code", Value{true}}}}},
    };
    values.push_back(Value{List{values}});
    for (const Value& value : values) {
      const std::string description = harness::encode(harness::describe(value));
      CAPTURE(description.substr(0, 60));
      CHECK(harness::weight_of(value) >= description.size());
    }
    CHECK(harness::weight_of(Value{std::int64_t{1}}) < 100);
  }
}
