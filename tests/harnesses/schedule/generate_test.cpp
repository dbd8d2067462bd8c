#include "harnesses/schedule/generate.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "harnesses/engine/sources.hpp"
#include "harnesses/schedule/labels.hpp"

using harness::Choices;
using harness::ControlledInputs;
using harness::ControlledKind;
using harness::GeneratedCase;
using harness::RandomSource;
using harness::Rejecting;

namespace {

harness::SchedulePlan plan_with(ControlledInputs inputs) {
  harness::SchedulePlan plan;
  plan.given.push_back(
      {.name = "limit", .generator = harness::Generator{harness::gen::Integer{1, 6}}, .where = {}});
  plan.given.push_back({.name = "tasks", .generator = std::move(inputs), .where = {}});
  plan.call.arguments = {{harness::Reference{"tasks"}}, {harness::Reference{"limit"}}};
  return plan;
}

ControlledInputs tasks(std::int64_t low, std::int64_t high, Rejecting rejecting,
                       std::vector<std::string> how) {
  return {.kind = ControlledKind::task,
          .low = low,
          .high = high,
          .rejecting = rejecting,
          .how = std::move(how),
          .any_values = false,
          .collections = {"array"}};
}

GeneratedCase draw(const harness::SchedulePlan& plan, std::uint64_t seed,
                   const std::string& language = "javascript") {
  RandomSource source{seed};
  Choices choices{source};
  harness::TokenSource tokens;
  return harness::generate(plan, harness::dialect_of(language), choices, tokens);
}

auto count_failing(const GeneratedCase& generated) {
  const auto& inputs = generated.trace.inputs;
  return std::count_if(inputs.begin(), inputs.end(),
                       [](const harness::Input& each) { return each.fails; });
}

}  // namespace

TEST_SUITE("harnesses/schedule/generate") {
  TEST_CASE("sizes and integers cover their whole range and nothing else") {
    const auto plan = plan_with(tasks(0, 3, Rejecting::none, {"later"}));
    std::vector<int> sizes(4);
    std::vector<int> limits(7);
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
      const GeneratedCase generated = draw(plan, seed);
      REQUIRE(generated.trace.inputs.size() <= 3);
      ++sizes[generated.trace.inputs.size()];
      const auto limit = std::get<std::int64_t>(generated.trace.given[0].value.data);
      REQUIRE(limit >= 1);
      REQUIRE(limit <= 6);
      ++limits[static_cast<std::size_t>(limit)];
    }
    CHECK(std::count(sizes.begin(), sizes.end(), 0) == 0);
    CHECK(std::count(limits.begin() + 1, limits.end(), 0) == 0);
  }

  TEST_CASE("rejecting means what it says for every draw") {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      CHECK(count_failing(
                draw(plan_with(tasks(0, 5, Rejecting::none, {"later", "throws"})), seed)) == 0);
      CHECK(count_failing(draw(
                plan_with(tasks(1, 5, Rejecting::at_least_one, {"later", "returns"})), seed)) >= 1);
      const GeneratedCase all =
          draw(plan_with(tasks(1, 5, Rejecting::all, {"later", "returns", "throws"})), seed);
      for (const harness::Input& each : all.trace.inputs)
        CHECK(each.fails == (each.how != "returns"));
    }
  }

  TEST_CASE("a value of its own completes each task, and no run repeats it") {
    const auto plan = plan_with(tasks(5, 5, Rejecting::none, {"later"}));
    std::vector<std::string> values;
    for (int run = 0; run < 2; ++run) {
      for (const harness::Value& outcome : draw(plan, 1).outcomes)
        values.push_back(std::get<std::string>(outcome.data));
    }
    std::sort(values.begin(), values.end());
    CHECK(std::adjacent_find(values.begin(), values.end()) == values.end());
    CHECK(values.size() == 10);
  }

  TEST_CASE("the same choices give the same case, unpredictable values aside") {
    const auto plan = plan_with(tasks(0, 5, Rejecting::some, {"later", "throws", "returns"}));
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      const GeneratedCase first = draw(plan, seed);
      const GeneratedCase second = draw(plan, seed);
      REQUIRE(first.trace.inputs.size() == second.trace.inputs.size());
      CHECK(harness::describe_inputs(first.trace.given[1], first.trace) ==
            harness::describe_inputs(second.trace.given[1], second.trace));
    }
  }

  TEST_CASE("only JavaScript is given undefined, and rejections that are no errors") {
    auto inputs = tasks(8, 8, Rejecting::some, {"later"});
    inputs.any_values = true;
    const auto plan = plan_with(inputs);
    bool saw_undefined = false;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      for (const harness::Value& outcome : draw(plan, seed).outcomes) {
        saw_undefined = saw_undefined || std::holds_alternative<harness::Undefined>(outcome.data);
      }
      const GeneratedCase python = draw(plan, seed, "python");
      for (std::size_t i = 0; i < python.outcomes.size(); ++i) {
        CHECK_FALSE(std::holds_alternative<harness::Undefined>(python.outcomes[i].data));
        if (!python.trace.inputs[i].fails) continue;
        const auto* defined = std::get_if<harness::Define>(&python.outcomes[i].data);
        REQUIRE(defined != nullptr);
        CHECK(std::holds_alternative<harness::ErrorValue>(defined->value->data));
      }
    }
    CHECK(saw_undefined);
  }
}

TEST_SUITE("harnesses/schedule/labels") {
  TEST_CASE("unpredictable values are shown by their label, also inside other text") {
    const GeneratedCase generated = draw(plan_with(tasks(2, 2, Rejecting::none, {"later"})), 1);
    const auto token = std::get<std::string>(generated.outcomes[1].data);
    CHECK(harness::show_labelled(generated.outcomes[1], generated.trace).find("value 1") !=
          std::string::npos);
    CHECK(harness::show_labelled(generated.outcomes[1], generated.trace).find(token) ==
          std::string::npos);
    CHECK(harness::with_labels("got <" + token + "!>", generated.trace) == "got <value 1!>");
  }
}
