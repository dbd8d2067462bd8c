#include "harnesses/schedule/driver.hpp"

#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "harnesses/engine/foreseen.hpp"
#include "harnesses/engine/sources.hpp"
#include "tests/harnesses/schedule/node_actor.hpp"

using harness::Driver;
using harness::ForeseenRandomSource;
using harness::ForeseenSource;
using harness::SchedulePlan;
using harness::test::host;
using harness::test::node_plan;

namespace {

SchedulePlan tasks() {
  SchedulePlan plan;
  plan.given.push_back(
      {.name = "tasks",
       .generator = harness::ControlledInputs{.kind = harness::ControlledKind::task,
                                              .low = 2,
                                              .high = 2,
                                              .how = {"later"},
                                              .collections = {"array"}},
       .where = {}});
  plan.call.arguments.push_back({harness::Reference{"tasks"}});
  return plan;
}

// One that does `what` in its 41st call, and is right until then.
std::string right_until(const std::string& what) {
  return "import fs from 'node:fs';\nlet calls = 0;\nexport async function run(tasks) {\n"
         "  if (++calls === 41) { " +
         what +
         " }\n"
         "  return Promise.all(tasks.map((t) => t()));\n}\n";
}

std::vector<Driver::Case> run(const std::string& submission, bool scripts, std::size_t cases,
                              std::size_t most = 1000) {
  const SchedulePlan plan = tasks();
  const harness::ActorPlan actor = node_plan(submission);
  harness::Dialect dialect = harness::dialect_of("javascript");
  dialect.has_scripts = scripts;
  Driver driver{
      {.host = &host(), .actor = &actor, .dialect = dialect, .crash = {}, .cases_per_process = 100},
      {{.plan = &plan, .options = {.function = "run", .exports = {}}}}};
  std::vector<std::unique_ptr<ForeseenSource>> sources;
  std::vector<ForeseenSource*> borrowed;
  for (std::size_t i = 0; i < cases; ++i) {
    sources.push_back(std::make_unique<ForeseenRandomSource>(i));
    borrowed.push_back(sources.back().get());
  }
  std::vector<Driver::Case> ran;
  const auto status = driver.run_all(0, borrowed, [&](Driver::Case each) -> base::Result<bool> {
    ran.push_back(std::move(each));
    return ran.size() < most;
  });
  REQUIRE_MESSAGE(status.has_value(), status.error().message());
  CHECK(driver.restart());
  return ran;
}

// Cases of an object with a method.
std::vector<Driver::Case> run_objects(const std::string& submission, std::size_t cases) {
  SchedulePlan plan;
  plan.operations = harness::OperationsPlan{
      .object = harness::ObjectPlan{.function = "run", .arguments = {}, .options = {}},
      .operations =
          {{.name = "touch", .function = "touch", .on = {}, .arguments = {}, .options = {}}},
      .steps = {0, 9},
      .advance = {},
      .after = {},
      .at_end = {}};
  const harness::ActorPlan actor = node_plan(submission);
  Driver driver{{.host = &host(),
                 .actor = &actor,
                 .dialect = harness::dialect_of("javascript"),
                 .crash = {},
                 .cases_per_process = 100},
                {{.plan = &plan, .options = {.function = "run", .exports = {}}}}};
  std::vector<Driver::Case> ran;
  for (std::size_t i = 0; i < cases; ++i) {
    harness::RandomSource source{i};
    auto each = driver.run(0, source);
    REQUIRE_MESSAGE(each.has_value(), each.error().message());
    ran.push_back(std::move(*each));
  }
  CHECK(driver.restart());
  return ran;
}

std::string ending_of(const Driver::Case& last) {
  const auto* crash = std::get_if<Driver::Crash>(&last.outcome);
  if (crash == nullptr) return "well";
  if (!crash->ended) return "nobody handled it";
  const sandbox::RunReport& report = crash->ended->report;
  if (!crash->ended->violation.empty()) return crash->ended->violation;
  if (report.ended_by != sandbox::EndedBy::program) return "a limit";
  const bool exited = report.exit.kind == sandbox::Exit::Kind::exited;
  return (exited ? "exit " : "signal ") + std::to_string(report.exit.value);
}

}  // namespace

TEST_SUITE("harnesses/schedule/driver") {
  TEST_CASE("equal sources give equal cases in scripts and step by step, over several processes") {
    const auto by_steps = run(right_until(""), false, 250);
    const auto by_script = run(right_until(""), true, 250);
    REQUIRE(by_steps.size() == 250);
    REQUIRE(by_script.size() == 250);
    for (std::size_t i = 0; i < 250; ++i) {
      CHECK(by_steps[i].ended_well());
      CHECK(by_steps[i].drawn.choices == by_script[i].drawn.choices);
      CHECK(by_steps[i].history.all() == by_script[i].history.all());
    }
    CHECK(by_script[99].history.all().size() == 100);
    CHECK(by_script[100].history.all().size() == 1);
  }

  TEST_CASE("what ends a program in a script ends it step by step, with the same facts") {
    struct Row {
      const char* what;
      const char* ending;
    };
    for (const Row& row : {
             Row{"process.exit(3);", "exit 3"},
             Row{"process.abort();", "signal 6"},
             Row{"fs.writeSync(3, Buffer.from([5, 0, 0, 0, 74, 0, 0, 0, 0]));",
                 "answered a request that was not asked"},
             Row{"fs.writeSync(3, Buffer.alloc(9));", "a frame of 0 bytes; at least 5 are needed"},
             Row{"Promise.reject(new Error('lost'));", "nobody handled it"},
             Row{"", "well"},
         }) {
      CAPTURE(row.what);
      CHECK(ending_of(run(right_until(row.what), true, 60).back()) == row.ending);
      CHECK(ending_of(run(right_until(row.what), false, 60).back()) == row.ending);
    }
  }

  TEST_CASE("who has seen enough gets no more") {
    CHECK(run(right_until(""), true, 60, 10).size() == 10);
    CHECK(run(right_until(""), false, 60, 10).size() == 10);
  }

  TEST_CASE("a program that hangs in every call meets its limit, in scripts too") {
    const std::string hangs = "export function run() { for (;;); }";
    CHECK(ending_of(run(hangs, true, 10).back()) == "a limit");
  }

  TEST_CASE("a case in which what earlier ones left ticks on and on begins again, on its own") {
    // The first object of a process ticks every millisecond, the others wait for a minute.
    const std::string ticks =
        "let made = 0;\nexport class run {\n  constructor() {\n"
        "    if (++made === 1) setInterval(() => {}, 1); else setTimeout(() => {}, 60_000);\n"
        "  }\n  touch() {}\n}\n";
    const std::string waits =
        "export class run { constructor() { setTimeout(() => {}, 60_000); } touch() {} }\n";
    const auto alone = run_objects(ticks, 4);
    const auto together = run_objects(waits, 4);
    REQUIRE(alone.size() == 4);
    REQUIRE(together.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) {
      CHECK(alone[i].ended_well());
      CHECK(alone[i].history.all() == std::vector<harness::PastCase>{{0, alone[i].drawn.choices}});
      CHECK(together[i].history.all().size() == i + 1);
      CHECK(alone[i].drawn.choices == together[i].drawn.choices);
    }
  }

  TEST_CASE("what cases share out is not held against a script") {
    // A process may print 1 MiB altogether: 26 cases, fewer than a script comes to take.
    const std::string prints =
        "export async function run(tasks) {\n  process.stdout.write('x'.repeat(40_000));\n"
        "  return Promise.all(tasks.map((t) => t()));\n}\n";
    const auto ran = run(prints, true, 120);
    CHECK(ran.size() == 120);
    for (const Driver::Case& each : ran) CHECK(each.ended_well());
  }
}
