#include "harnesses/protocol/fields.hpp"

#include <doctest/doctest.h>

using harness::Value;

TEST_SUITE("harnesses/protocol/fields") {
  const Value payload{harness::Object{{{"case", Value{std::int64_t{3}}},
                                       {"promise", Value{true}},
                                       {"reason", Value{std::string{"because"}}},
                                       {"closed", Value{harness::List{}}}}}};

  TEST_CASE("a field of the expected type is found") {
    CHECK(harness::integer_field(payload, "case").value() == 3);
    CHECK(harness::boolean_field(payload, "promise").value());
    CHECK(harness::text_field(payload, "reason").value() == "because");
    CHECK(harness::list_field(payload, "closed").value()->items.empty());
  }

  TEST_CASE("what is absent or of another type is named") {
    CHECK(harness::field(payload, "index").error().message() == "field 'index' is missing");
    CHECK(harness::integer_field(payload, "reason").error().message() ==
          "field 'reason' is not an integer");
    CHECK(harness::boolean_field(payload, "case").error().message() ==
          "field 'case' is not true or false");
    CHECK(harness::text_field(payload, "case").error().message() == "field 'case' is not a text");
    CHECK(harness::list_field(payload, "case").error().message() == "field 'case' is not a list");
    CHECK(harness::field(Value{true}, "case").error().message() == "the payload is not an object");
  }
}
