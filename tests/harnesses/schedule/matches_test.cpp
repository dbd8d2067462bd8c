#include "harnesses/schedule/matches.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

using harness::ErrorValue;
using harness::List;
using harness::matches;
using harness::Object;
using harness::Opaque;
using harness::Value;

namespace {

Value number(std::int64_t value) { return Value{value}; }

Value error(std::vector<std::string> classes, std::string message) {
  return Value{ErrorValue{std::move(classes), std::move(message), {}}};
}

}  // namespace

TEST_SUITE("harnesses/schedule/matches") {
  TEST_CASE("a whole number is the same number as its float, and no other") {
    CHECK(matches(number(5), Value{5.0}));
    CHECK(matches(Value{5.0}, number(5)));
    CHECK_FALSE(matches(number(5), Value{5.5}));
    CHECK_FALSE(matches(number(5), Value{std::string{"5"}}));
  }

  TEST_CASE("NaN matches itself") {
    const Value nan{std::numeric_limits<double>::quiet_NaN()};
    CHECK(matches(nan, nan));
    CHECK_FALSE(matches(nan, number(0)));
  }

  TEST_CASE("an error matches one of its class or of a derived one, whatever the message") {
    const Value expected = error({"RangeError", "Error"}, "no");
    CHECK(matches(expected, error({"RangeError", "Error"}, "not at all")));
    CHECK(matches(expected, error({"CapacityError", "RangeError", "Error"}, "")));
    CHECK_FALSE(matches(expected, error({"TypeError", "Error"}, "no")));
    CHECK_FALSE(matches(expected, error({"Error"}, "no")));
    CHECK_FALSE(matches(expected, Value{std::string{"no"}}));
  }

  TEST_CASE("fields match in any order, lists only in theirs, both down to the leaves") {
    const Value left{Object{{{"a", number(1)}, {"b", Value{List{{number(2), number(3)}}}}}}};
    CHECK(matches(left, Value{Object{{{"b", Value{List{{Value{2.0}, number(3)}}}},  //
                                      {"a", number(1)}}}}));
    CHECK_FALSE(matches(
        left, Value{Object{{{"a", number(1)}, {"b", Value{List{{number(3), number(2)}}}}}}}));
    CHECK_FALSE(matches(left, Value{Object{{{"a", number(1)}}}}));
    CHECK_FALSE(matches(Value{Object{{{"a", number(1)}}}}, left));
    CHECK_FALSE(matches(Value{List{{number(1)}}}, Value{List{{number(1), number(1)}}}));
  }

  TEST_CASE("functions match functions, and nothing that is none") {
    CHECK(matches(Value{Opaque{"function"}}, Value{Opaque{"function release"}}));
    CHECK_FALSE(matches(Value{Opaque{"function"}}, Value{Opaque{"symbol"}}));
    CHECK_FALSE(matches(Value{Opaque{"function"}}, Value{}));
    CHECK_FALSE(matches(Value{Opaque{"function"}}, Value{Object{}}));
    CHECK(matches(Value{Opaque{"an instance"}}, Value{Object{}}));
    CHECK_FALSE(matches(Value{Object{}}, Value{Opaque{"an instance"}}));
    CHECK_FALSE(matches(Value{Opaque{"an instance"}}, Value{}));
  }
}
