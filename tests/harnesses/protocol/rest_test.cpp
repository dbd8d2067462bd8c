#include "harnesses/protocol/rest.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

using harness::Value;
using namespace std::chrono_literals;

namespace {

using Fields = std::vector<std::pair<std::string, Value>>;

Value rest(Fields more, bool timers = true) {
  Fields fields{{"timers", Value{timers}},
                {"older", Value{false}},
                {"ticks", Value{std::int64_t{0}}},
                {"busy", Value{false}}};
  fields.insert(fields.end(), more.begin(), more.end());
  return Value{harness::Object{std::move(fields)}};
}

}  // namespace

TEST_SUITE("harnesses/protocol/rest") {
  TEST_CASE("what a program waits for is read, from a script less") {
    const auto whole = harness::read_rest(rest({{"due", Value{std::int64_t{20}}},
                                                {"next", Value{std::int64_t{5}}},
                                                {"alone", Value{true}}}));
    CHECK(whole->due == 20ms);
    CHECK(whole->next == 5ms);
    CHECK(whole->alone);
    CHECK(whole->may_go_on());
    const auto scripted = harness::read_rest(rest({}, false));
    CHECK(!scripted->due);
    CHECK(!scripted->next);
    CHECK(!scripted->alone);
    CHECK(!scripted->may_go_on());
  }

  TEST_CASE("fractions are rounded up to nanoseconds, but for what subtracting leaves") {
    const auto next_of = [](double ms) {
      return harness::read_rest(rest({{"next", Value{ms}}}))->next;
    };
    CHECK(next_of(0.5) == 500us);
    CHECK(next_of(100.0 / 3) == 33'333'334ns);
    CHECK(next_of(100.000000000001) == 100ms);
  }

  TEST_CASE("what is no time, or too far away, is none") {
    for (const Value& next : {Value{-1.0}, Value{1e300}, Value{std::string{"soon"}}, Value{}}) {
      CHECK(!harness::read_rest(rest({{"next", next}}))->next);
    }
    CHECK(!harness::read_rest(rest({{"next", Value{std::int64_t{5}}}}, false))->next);
  }

  TEST_CASE("ticks are bounded, and what is missing is named") {
    Value many = rest({});
    std::get<harness::Object>(many.data).fields[2].second = Value{std::int64_t{1} << 62};
    CHECK(harness::read_rest(many)->ticks == 1'000'000);
    CHECK(harness::read_rest(Value{harness::Object{}}).error().message() ==
          "field 'timers' is missing");
  }
}
