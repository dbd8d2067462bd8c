#include "harnesses/property/property_case.hpp"

#include <doctest/doctest.h>

#include "harnesses/engine/sources.hpp"
#include "harnesses/protocol/show.hpp"

using namespace harness;

namespace {

// encode(x, {deep: [x]}), then decode(what that gave, 7).
PropertyPlan two_calls() {
  PropertyPlan plan;
  plan.given.push_back({.name = "x", .generator = {gen::Integer{5, 9}}, .where = {}});
  Call encode;
  encode.arguments.push_back(Argument{Reference{"x"}});
  ArgumentList list;
  list.items.push_back(Argument{Reference{"x"}});
  ArgumentObject options;
  options.fields.emplace_back("deep", Argument{std::move(list)});
  encode.options = std::move(options);
  plan.calls.push_back({.name = "encoded", .call = std::move(encode)});
  Call decode;
  decode.arguments.push_back(Argument{Reference{"encoded"}});
  decode.arguments.push_back(Argument{Value{std::int64_t{7}}});
  plan.calls.push_back({.name = "decoded", .call = std::move(decode)});
  return plan;
}

}  // namespace

TEST_SUITE("harnesses/property/property_case") {
  TEST_CASE("what was drawn stands wherever it is named, results are put in later") {
    ReplaySource source{{2}};
    Choices choices{source};
    const PropertyCase drawn = draw_case(two_calls(), {0, 1}, choices);
    REQUIRE(drawn.given.size() == 1);
    CHECK(show(drawn.given[0]) == "7");
    CHECK(show(drawn.calls[0].options) == "{deep: [7]}");
    CHECK(drawn.calls[0].origins.empty());
    REQUIRE(drawn.calls[1].origins.size() == 1);
    CHECK(drawn.calls[1].origins[0].place == 0);
    CHECK(drawn.calls[1].origins[0].call == 0);
    const std::vector<CallOutcome> outcomes{
        {CallOutcome::State::returned, Value{std::string{"seven"}}, {}}, {}};
    const auto first = arguments_of(drawn, 0, outcomes);
    CHECK(show(Value{List{first}}) == "[7, {deep: [7]}]");
    CHECK(show(Value{List{arguments_of(drawn, 1, outcomes)}}) == "['seven', 7]");
  }
}
