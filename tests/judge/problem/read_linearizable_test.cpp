// What is read of `linearizable` where nothing is wrong; tests/golden/problems/linearizable has the
// rest.
#include "judge/problem/read_linearizable.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "judge/problem/load_problem.hpp"
#include "tests/judge/problem/stage.hpp"
#include "tests/judge/scratch_folder.hpp"

namespace {

constexpr std::string_view kQueue = R"yaml(schema: 1
id: queue
title: A queue
level: middle
minutes: 10
statement: statement.md
languages:
  javascript: {export: Queue, starter: starter/solution.mjs}
limits: {cpu: 4 s, wall: 20 s, memory: 256 MiB, output: 4 MiB, processes: 32}
criteria:
  atomic: {text: There is one order.}
tests:
  drawn:
    harness: schedule
    given:
      capacity: {integer: [1, 3]}
    object: [$capacity]
    operations:
      take: {call: take, arguments: [{signal: during}]}
      offer: {call: offer, arguments: [[$capacity, x]]}
      size: {call: size}
      giveUp: {abort: take}
    steps: [0, 8]
    check:
      atomic:
        linearizable: bounded queue
        with: {capacity: $capacity, overtakes: 1}
        as: {offer: try_put}
        without: [size]
        at_rest: "pending.length === 0"
)yaml";

judge::Problem load(const ScratchFolder& scratch) {
  auto problem = judge::load_problem(stage_problem(scratch, "queue", std::string{kQueue}));
  if (!problem) FAIL(judge::to_error(problem.error()).message());
  return std::move(*problem);
}

}  // namespace

TEST_SUITE("judge/problem/read_linearizable") {
  TEST_CASE("operations are the model's by their own name or by `as`, or are left out") {
    const ScratchFolder scratch;
    const judge::Problem problem = load(scratch);
    const auto& predicates = std::get<judge::ScheduleTest>(problem.tests[0].plan).predicates;
    REQUIRE(predicates.size() == 2);
    REQUIRE(predicates[0].history.has_value());
    const judge::Linearizability& wanted = *predicates[0].history;
    CHECK(wanted.model == "bounded queue");
    using Names = std::vector<std::optional<std::string>>;
    CHECK(wanted.as == Names{"take", "try_put", std::nullopt, std::nullopt});
    REQUIRE(wanted.parameters.size() == 2);
    CHECK(std::get<judge::Reference>(wanted.parameters[0].second.data).name == "capacity");
    const auto& overtakes = std::get<harness::Value>(wanted.parameters[1].second.data);
    CHECK(std::get<std::int64_t>(overtakes.data) == 1);
  }

  TEST_CASE("it stands beside predicates, and knows where it stands") {
    const ScratchFolder scratch;
    const judge::Problem problem = load(scratch);
    const auto& predicates = std::get<judge::ScheduleTest>(problem.tests[0].plan).predicates;
    REQUIRE(predicates.size() == 2);
    CHECK(predicates[0].criterion == "atomic");
    CHECK(predicates[0].when == judge::When::linearizable);
    CHECK(predicates[0].where.line == 26);
    CHECK(predicates[0].where.column == 23);
    CHECK(predicates[1].when == judge::When::at_rest);
    CHECK_FALSE(predicates[1].history.has_value());
  }
}
