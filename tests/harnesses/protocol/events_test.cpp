#include "harnesses/protocol/events.hpp"

#include <string>

#include <doctest/doctest.h>

#include "harnesses/protocol/codec.hpp"
#include "harnesses/protocol/fields.hpp"

using harness::encode;
using harness::FrameType;
using harness::Value;

namespace {

std::string event(FrameType type, const std::vector<Value>& fields) {
  std::string bytes(1, static_cast<char>(type));
  for (const Value& field : fields) bytes += encode(field);
  return bytes;
}

std::string refusal(const std::string& bytes) {
  std::string_view left{bytes};
  const auto taken = harness::take_event(left);
  return taken ? "taken" : taken.error().message();
}

}  // namespace

TEST_SUITE("harnesses/protocol/events") {
  TEST_CASE("events are taken one after the other, their fields by name") {
    const std::string bytes =
        event(FrameType::started, {Value{std::int64_t{3}}}) +
        event(FrameType::rest, {Value{true}, Value{false}, Value{std::int64_t{2}}, Value{true}});
    std::string_view left{bytes};
    const auto started = harness::take_event(left);
    REQUIRE(started);
    CHECK(started->type == FrameType::started);
    CHECK(harness::integer_field(started->payload, "index").value() == 3);
    const auto rest = harness::take_event(left);
    REQUIRE(rest);
    CHECK(harness::boolean_field(rest->payload, "timers").value());
    CHECK_FALSE(harness::boolean_field(rest->payload, "older").value());
    CHECK(harness::integer_field(rest->payload, "ticks").value() == 2);
    CHECK(harness::boolean_field(rest->payload, "busy").value());
    CHECK(left.empty());
  }

  TEST_CASE("what is no event, or not a whole one, is refused") {
    CHECK(refusal(event(FrameType::started, {Value{std::int64_t{3}}})) == "taken");
    CHECK(refusal(event(FrameType::started, {})) == "byte 0: a value is cut off");
    CHECK(refusal(event(FrameType::refused, {Value{std::string{"no"}}})) ==
          "an event that does not belong into a script");
    CHECK(refusal(std::string(1, '\xff')) == "an event that does not belong into a script");
    CHECK(refusal(event(FrameType::unhandled, {Value{harness::Controlled{"task", {}}}})) ==
          "byte 0: tag 18, which only the judge may send");
  }
}
