#include "harnesses/property/differ.hpp"

#include <doctest/doctest.h>

using namespace harness;
using State = CallOutcome::State;

namespace {

Value number(std::int64_t value) { return Value{value}; }
Value error(const char* name) { return Value{ErrorValue{{name, "Error"}, "whatever", {}}}; }

Observed observed(CallOutcome expected, CallOutcome actual) {
  PreparedCall call{.function = 0, .arguments = {number(3)}, .options = {}, .origins = {}};
  PropertyCase what{.given = {}, .calls = {std::move(call)}};
  return {.what = what, .outcomes = {std::move(actual)}, .expected = {std::move(expected)}};
}

bool alike(CallOutcome expected, CallOutcome actual) {
  return !differing_call(observed(std::move(expected), std::move(actual)));
}

}  // namespace

TEST_SUITE("harnesses/property/differ") {
  TEST_CASE("results count by value, and whether they were promised") {
    CHECK(alike({State::returned, number(1), {}}, {State::returned, number(1), {}}));
    CHECK(alike({State::returned, number(1), {}}, {State::returned, Value{1.0}, {}}));
    CHECK_FALSE(alike({State::returned, number(1), {}}, {State::returned, number(2), {}}));
    CHECK_FALSE(alike({State::returned, number(1), {}}, {State::fulfilled, number(1), {}}));
    CHECK_FALSE(alike({State::returned, number(1), {}}, {State::pending, {}, {}}));
    CHECK_FALSE(alike({State::returned, Value{Null{}}, {}}, {State::threw, Value{Null{}}, {}}));
  }

  TEST_CASE("failures count by class, thrown or rejected") {
    CHECK(
        alike({State::threw, error("RangeError"), {}}, {State::rejected, error("RangeError"), {}}));
    CHECK_FALSE(
        alike({State::threw, error("RangeError"), {}}, {State::threw, error("TypeError"), {}}));
    CHECK_FALSE(alike({State::threw, error("RangeError"), {}}, {State::threw, undefined(), {}}));
    CHECK_FALSE(alike({State::threw, error("E"), {}}, {State::returned, error("E"), {}}));
  }

  TEST_CASE("the difference is told with literals") {
    const Observed both =
        observed({State::returned, number(9), {}}, {State::threw, error("TypeError"), {}});
    CHECK(difference_text(both, "square", 0, LiteralStyle::javascript) ==
          "expected square(3) to return 9; it threw new TypeError(\"whatever\")");
  }
}
