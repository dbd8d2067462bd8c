#include "harnesses/schedule/script_answers.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "harnesses/protocol/codec.hpp"

using harness::Answer;
using harness::encode;
using harness::FrameType;
using harness::ScriptAnswers;
using harness::Value;

namespace {

std::string event(FrameType type, const std::vector<Value>& fields) {
  std::string bytes(1, static_cast<char>(type));
  for (const Value& field : fields) bytes += encode(field);
  return bytes;
}

Value integer(std::int64_t value) { return Value{value}; }
const std::string kRest =
    event(FrameType::rest, {Value{false}, Value{false}, integer(0), Value{false}});
std::string begins(int number) { return event(FrameType::call, {integer(number)}); }

Answer events(std::string bytes) {
  return {.type = FrameType::events,
          .payload = Value{harness::Object{{{"events", Value{harness::Blob{std::move(bytes)}}}}}}};
}
Answer closing() { return {.type = FrameType::rest, .payload = Value{harness::Object{}}}; }

std::string why(const base::Status& status) { return status ? "fine" : status.error().message(); }

}  // namespace

TEST_SUITE("harnesses/schedule/script_answers") {
  TEST_CASE("events are told rest by rest, in whatever frames they came") {
    ScriptAnswers script{{events(begins(4) + event(FrameType::started, {integer(0)})),
                          events(kRest + kRest), events(begins(5)), events(kRest), closing()}};
    CHECK(script.begin_case(4));
    CHECK(script.next_rest().value().size() == 2);
    CHECK(script.next_rest().value().size() == 1);
    CHECK_FALSE(script.at_end().value());
    CHECK(script.begin_case(5));
    CHECK(script.next_rest().value().back().type == FrameType::rest);
    CHECK(script.at_end().value());
    CHECK(script.at_end().value());
  }

  TEST_CASE("what does not fit is the program's fault") {
    ScriptAnswers other{{events(begins(7) + kRest), closing()}};
    CHECK(why(other.begin_case(6)) == "another case than the next");
    ScriptAnswers longer{{events(kRest), closing()}};
    CHECK(why(longer.begin_case(1)) == "a case that goes on too long");
    ScriptAnswers nothing{{closing()}};
    CHECK(why(nothing.begin_case(1)) == "a script that ends in the middle of a case");
    ScriptAnswers cut{{events(begins(1)), closing()}};
    CHECK(cut.begin_case(1));
    CHECK(cut.next_rest().error().message() == "a script that ends in the middle of a case");
    ScriptAnswers frame{{{.type = FrameType::started, .payload = integer(0)}, closing()}};
    CHECK(frame.at_end().error().message() == "an answer that does not belong into a script");
    ScriptAnswers text{
        {{.type = FrameType::events, .payload = Value{harness::Object{{{"events", integer(0)}}}}},
         closing()}};
    CHECK(text.at_end().error().message() == "field 'events' is not bytes");
  }
}
