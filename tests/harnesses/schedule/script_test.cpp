#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "harnesses/engine/foreseen.hpp"
#include "harnesses/schedule/case_runner.hpp"
#include "harnesses/schedule/same_course.hpp"
#include "tests/harnesses/schedule/node_actor.hpp"

using harness::Actor;
using harness::CaseRunner;
using harness::Choices;
using harness::ForeseenRandomSource;
using harness::ForeseenSource;
using harness::SchedulePlan;
using harness::Trace;
using harness::test::host;
using harness::test::node_plan;

namespace {

constexpr int kCases = 150;
constexpr std::size_t kScript = 10;

harness::Given given(std::string name, auto generator) {
  return {.name = std::move(name), .generator = std::move(generator), .where = {}};
}

// run(what is given, {signal})
SchedulePlan plan_of(harness::ControlledInputs inputs) {
  SchedulePlan plan;
  plan.given.push_back(given("inputs", std::move(inputs)));
  plan.given.push_back(given("signal", harness::GivenSignal{harness::SignalPlan::during}));
  plan.call.arguments.push_back({harness::Reference{"inputs"}});
  plan.call.options = harness::ArgumentObject{{{"signal", {harness::Reference{"signal"}}}}};
  return plan;
}

SchedulePlan tasks() {
  return plan_of(
      {.kind = harness::ControlledKind::task,
       .low = 0,
       .high = 4,
       .rejecting = harness::Rejecting::some,
       .how = {"later", "later", "returns", "throws", "fulfilled", "rejected"},
       .any_values = true,
       .collections = {"array", "set", "generator", "iterator-throws", "pulled", "pulled-async"}});
}

SchedulePlan promises() {
  return plan_of({.kind = harness::ControlledKind::promise,
                  .low = 0,
                  .high = 4,
                  .rejecting = harness::Rejecting::some,
                  .how = {"later", "fulfilled", "rejected", "value", "thenable", "thenable-twice",
                          "thenable-throws"},
                  .any_values = true,
                  .collections = {"array", "generator", "iterator-throws"}});
}

Actor start(std::string_view submission) {
  auto started = Actor::start(host(), node_plan(submission));
  REQUIRE_MESSAGE(started.has_value(), started.error().message());
  auto* actor = std::get_if<Actor>(&*started);
  REQUIRE(actor != nullptr);
  return std::move(*actor);
}

CaseRunner runner_of(const SchedulePlan& plan) {
  return {plan,
          harness::dialect_of("javascript"),
          {.function = "run", .exports = {}, .inspect_at_end = true}};
}

struct Ran {
  Trace trace;
  harness::ChoiceSequence choices;
};

std::vector<Ran> stepwise(const SchedulePlan& plan, std::string_view submission) {
  Actor actor = start(submission);
  CaseRunner runner = runner_of(plan);
  std::vector<Ran> all;
  for (int i = 0; i < kCases; ++i) {
    ForeseenRandomSource source{static_cast<std::uint64_t>(i)};
    Choices choices{source};
    auto outcome = runner.run({.program = actor}, choices, i);
    REQUIRE(outcome.has_value());
    REQUIRE(std::holds_alternative<Trace>(*outcome));
    all.push_back({std::get<Trace>(std::move(*outcome)), choices.drawn()});
  }
  return all;
}

// How many cases some script took at most, besides.
std::vector<Ran> scripted(const SchedulePlan& plan, std::string_view submission,
                          std::size_t& longest) {
  Actor actor = start(submission);
  CaseRunner runner = runner_of(plan);
  REQUIRE(runner.can_script());
  std::vector<Ran> all;
  std::int64_t number = 0;
  longest = 0;
  while (all.size() < kCases) {
    std::vector<std::unique_ptr<ForeseenSource>> sources;
    std::vector<ForeseenSource*> borrowed;
    for (std::size_t i = 0; i < std::min(kScript, kCases - all.size()); ++i) {
      sources.push_back(std::make_unique<ForeseenRandomSource>(all.size() + i));
      borrowed.push_back(sources.back().get());
    }
    auto ran = runner.run_script(actor, borrowed, number);
    number += static_cast<std::int64_t>(borrowed.size());
    REQUIRE(ran.has_value());
    REQUIRE_FALSE(ran->empty());
    longest = std::max(longest, ran->size());
    for (CaseRunner::Scripted& each : *ran) {
      const auto* interrupted = std::get_if<CaseRunner::Interrupted>(&each.outcome);
      REQUIRE_MESSAGE(interrupted == nullptr, interrupted->ended.violation);
      all.push_back({std::get<Trace>(std::move(each.outcome)), std::move(each.drawn.choices)});
    }
  }
  return all;
}

struct Solution {
  const char* what;
  const char* source;
  bool stops;  // some of its cases need time to pass
};

constexpr Solution kOfTasks[] = {
    {"a pool of two", R"(
export async function run(source, { signal }) {
  const out = [];
  const items = source[Symbol.asyncIterator]?.() ?? source[Symbol.iterator]();
  const lane = async () => {
    for (;;) {
      const { done, value } = await items.next();
      if (done) return;
      out.push(typeof value === 'function' ? await value(signal) : await value);
    }
  };
  await Promise.all([lane(), lane()]);
  return out;
})",
     false},
    {"one that throws at once, or gives a thenable", R"(
let calls = 0;
export function run(source) {
  if (++calls % 3 === 0) throw new RangeError('not now');
  const first = Array.isArray(source) && source.length > 0 ? source[0]() : 0;
  return { then(resolve, reject) { Promise.resolve(first).then(resolve, reject); } };
})",
     false},
    {"one that lets go: nobody handles what fails, iterators are closed, listeners stay", R"(
export async function run(source, { signal }) {
  signal.addEventListener('abort', () => {});
  for (const item of source[Symbol.iterator] ? source : []) {
    if (typeof item === 'function') item(signal);
    else break;
  }
})",
     false},
    {"one that is aborted", R"(
export const run = (source, { signal }) => new Promise((resolve, reject) => {
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  const list = source[Symbol.iterator] ? [...source].filter((t) => typeof t === 'function') : [];
  Promise.allSettled(list.map((t) => { try { return t(signal); } catch (e) { return e; } }))
    .then((all) => queueMicrotask(() => process.nextTick(resolve, all)));
}))",
     false},
    {"one that hops through the loop and waits", R"(
let calls = 0;
export async function run(source) {
  const list = source[Symbol.iterator] ? [...source].filter((t) => typeof t === 'function') : [];
  const all = await Promise.allSettled(list.map(async (t) => {
    await new Promise((resolve) => setImmediate(resolve));
    return t();
  }));
  if (++calls % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 30));
  return all;
})",
     true},
    {"one that leaves timers behind and fails in them", R"(
let calls = 0;
export async function run(source) {
  if (++calls === 5) setInterval(() => {}, 1000);
  if (calls % 7 === 0) setTimeout(() => { throw new Error('late'); }, 10);
  const list = source[Symbol.iterator] ? [...source].filter((t) => typeof t === 'function') : [];
  if (calls % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  for (const t of list) await t();
})",
     true},
    {"one that works in the thread pool", R"(
import { pbkdf2 } from 'node:crypto';
export async function run(source) {
  const list = source[Symbol.iterator] ? [...source].filter((t) => typeof t === 'function') : [];
  for (const t of list) {
    await new Promise((resolve) => pbkdf2('a', 'b', 1, 8, 'sha1', resolve));
    await t();
  }
})",
     false},
};

constexpr Solution kOfPromises[] = {
    {"a combinator", "export const run = (promises) => Promise.all(promises);", false},
    {"one whose callbacks throw", R"(
export const run = (promises) => {
  for (const p of promises) p?.then?.(() => { throw new Error('thrown in then'); });
})",
     false},
    {"one that waits for each in turn", R"(
export async function run(promises) {
  const out = [];
  for (const p of promises) out.push(await p);
  return out;
})",
     false},
};

void check_same(const SchedulePlan& plan, const Solution& solution) {
  CAPTURE(solution.what);
  std::size_t longest = 0;
  const std::vector<Ran> by_steps = stepwise(plan, solution.source);
  const std::vector<Ran> by_script = scripted(plan, solution.source, longest);
  for (std::size_t i = 0; i < kCases; ++i) {
    CAPTURE(i);
    REQUIRE(by_steps[i].choices == by_script[i].choices);
    REQUIRE(harness::same_course(by_steps[i].trace, by_script[i].trace));
    REQUIRE(by_steps[i].trace.older_ticks == by_script[i].trace.older_ticks);
  }
  CHECK((solution.stops ? longest > 1 : longest == kScript));
}

}  // namespace

TEST_SUITE("harnesses/schedule/script") {
  TEST_CASE("equal choices give equal cases, in scripts and step by step: tasks") {
    const SchedulePlan plan = tasks();
    for (const Solution& solution : kOfTasks) check_same(plan, solution);
  }

  TEST_CASE("equal choices give equal cases, in scripts and step by step: promises") {
    const SchedulePlan plan = promises();
    for (const Solution& solution : kOfPromises) check_same(plan, solution);
  }

  TEST_CASE("plans of many calls, and languages whose shim has no scripts, are not scripted") {
    SchedulePlan plan = tasks();
    CHECK(runner_of(plan).can_script());
    CHECK_FALSE(CaseRunner{plan, harness::dialect_of("python"), {}}.can_script());
    plan.operations.emplace();
    CHECK_FALSE(runner_of(plan).can_script());
  }
}
