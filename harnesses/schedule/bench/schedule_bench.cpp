// How fast cases are run, request by request, against a right solution in the real sandbox under
// virtual time; how much of that time is the judge's own; and what a rest costs beside a timer.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "harnesses/actor/actor.hpp"
#include "harnesses/engine/choice.hpp"
#include "harnesses/engine/foreseen.hpp"
#include "harnesses/engine/sources.hpp"
#include "harnesses/schedule/case_runner.hpp"
#include "harnesses/shims/shims.hpp"

namespace {

using Clock = std::chrono::steady_clock;
using harness::Actor;
using harness::CaseRunner;
using harness::Value;
using namespace base::literals;
using namespace std::chrono_literals;

constexpr int kTasks = 5;
constexpr int kLimit = 2;
constexpr int kWarmUp = 500;
constexpr int kRounds = 5;
constexpr int kRests = 2000;
constexpr int kScript = 64;  // cases a script
constexpr int kScriptedFactor = 5;

constexpr const char* kSubmission = R"(
export async function run(tasks, limit) {
  const results = new Array(tasks.length);
  let next = 0;
  const lane = async () => {
    while (next < tasks.length) {
      const i = next++;
      results[i] = await tasks[i]();
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, tasks.length) }, lane));
  return results;
}
)";

// At rest beside a timer, having loaded what is named.
std::string beside_a_timer(const std::string& loads) {
  return loads + "export const run = () => { setTimeout(() => {}, 3600000); };";
}

[[noreturn]] void stop(const std::string& why) {
  std::cerr << "schedule_bench: " << why << "\n";
  std::exit(1);
}

template <typename T>
T need(base::Result<T> result) {
  if (!result) stop(result.error().message());
  return std::move(*result);
}

std::shared_ptr<const std::string> shared(std::string_view content) {
  return std::make_shared<const std::string>(content);
}

// As the judge starts a submission.
harness::ActorPlan plan_of(std::string_view submission) {
  harness::ActorPlan plan;
  plan.program.profile = sandbox::Profile::node;
  plan.program.arguments = {"/usr/bin/node",    "--no-addons",          "--no-warnings",
                            "--v8-pool-size=0", "--single-threaded-gc", "/judge/shim.mjs"};
  plan.program.environment = {"PATH=/usr/bin:/bin", "HOME=/tmp", "UV_THREADPOOL_SIZE=1"};
  for (const harness::EmbeddedText& file : harness::node_shim()) {
    plan.program.files.push_back(
        {.path = "/judge/" + std::string{file.name}, .content = shared(file.content)});
  }
  plan.program.files.push_back({.path = "/box/submission.mjs", .content = shared(submission)});
  plan.limits = {.cpu = 600s,
                 .wall = 1200s,
                 .memory = 256_MiB,
                 .output = 4_MiB,
                 .processes = 32,
                 .open_files = 256,
                 .file_size = 64_MiB,
                 .scratch = 64_MiB,
                 .scratch_inodes = 4096,
                 .stack = 16_MiB};
  plan.path = "/box/submission.mjs";
  plan.exports = {"run"};
  plan.virtual_time = true;
  return plan;
}

Actor start(const sandbox::Host& host, std::string_view submission) {
  Actor::Started started = need(Actor::start(host, plan_of(submission)));
  auto* actor = std::get_if<Actor>(&started);
  if (actor == nullptr) stop("the submission does not load");
  return std::move(*actor);
}

harness::SchedulePlan bounded_concurrency() {
  harness::SchedulePlan plan;
  plan.given.push_back(
      {.name = "tasks",
       .generator = harness::ControlledInputs{.kind = harness::ControlledKind::task,
                                              .low = kTasks,
                                              .high = kTasks,
                                              .how = {"later"},
                                              .collections = {"array"}},
       .where = {}});
  plan.call.arguments.push_back({harness::Reference{"tasks"}});
  plan.call.arguments.push_back({Value{std::int64_t{kLimit}}});
  return plan;
}

std::chrono::microseconds own_cpu() {
  rusage usage{};
  ::getrusage(RUSAGE_THREAD, &usage);
  const auto sum = [](const timeval& a) {
    return std::chrono::seconds{a.tv_sec} + std::chrono::microseconds{a.tv_usec};
  };
  return sum(usage.ru_utime) + sum(usage.ru_stime);
}

struct Measured {
  int cases = 0;
  std::int64_t requests = 0;
  std::chrono::duration<double> wall{}, judge_cpu{}, program_cpu{};
};

// Every act of the judge is a request, and the call is one.
std::int64_t requests_in(const harness::Trace& trace) {
  return trace.events.empty() ? 0 : trace.events.back().turn + 1;
}

// `number`: of the actor's cases so far.
Measured run_cases(CaseRunner& runner, Actor& actor, int cases, std::int64_t& number) {
  Measured measured;
  const auto wall = Clock::now();
  const auto cpu = own_cpu();
  const auto program_cpu = actor.cpu_used();
  for (; measured.cases < cases; ++measured.cases) {
    harness::RandomSource source{static_cast<std::uint64_t>(measured.cases)};
    harness::Choices choices{source};
    CaseRunner::Outcome outcome = need(runner.run({.program = actor}, choices, ++number));
    const auto* trace = std::get_if<harness::Trace>(&outcome);
    if (trace == nullptr || !trace->settled) stop("a case went wrong");
    measured.requests += requests_in(*trace);
  }
  measured.wall = Clock::now() - wall;
  measured.judge_cpu = own_cpu() - cpu;
  measured.program_cpu = actor.cpu_used() - program_cpu;
  return measured;
}

// The same, many cases in one request.
Measured run_scripts(CaseRunner& runner, Actor& actor, int cases, std::int64_t& number) {
  Measured measured;
  const auto wall = Clock::now();
  const auto cpu = own_cpu();
  const auto program_cpu = actor.cpu_used();
  while (measured.cases < cases) {
    std::vector<std::unique_ptr<harness::ForeseenSource>> sources;
    std::vector<harness::ForeseenSource*> borrowed;
    for (int i = 0; i < std::min(kScript, cases - measured.cases); ++i) {
      const auto seed = static_cast<std::uint64_t>(measured.cases + i);
      sources.push_back(std::make_unique<harness::ForeseenRandomSource>(seed));
      borrowed.push_back(sources.back().get());
    }
    const auto ran = need(runner.run_script(actor, borrowed, number + 1));
    number += static_cast<std::int64_t>(borrowed.size());
    for (const CaseRunner::Scripted& each : ran) {
      const auto* trace = std::get_if<harness::Trace>(&each.outcome);
      if (trace == nullptr || !trace->settled) stop("a case went wrong");
      measured.requests += requests_in(*trace);
    }
    if (ran.size() != borrowed.size()) stop("a script stopped");
    measured.cases += kScript;
  }
  measured.wall = Clock::now() - wall;
  measured.judge_cpu = own_cpu() - cpu;
  measured.program_cpu = actor.cpu_used() - program_cpu;
  return measured;
}

void print(const char* name, const Measured& m) {
  std::printf("%-12s %10.0f %12.0f %8.1f %8.1f %8.1f %8.0f%%\n", name, m.cases / m.wall.count(),
              static_cast<double>(m.requests) / m.wall.count(),
              m.wall.count() * 1e6 / static_cast<double>(m.requests),
              m.judge_cpu.count() * 1e6 / static_cast<double>(m.requests),
              m.program_cpu.count() * 1e6 / static_cast<double>(m.requests),
              100 * m.judge_cpu / m.wall);
}

void measure_schedules(const sandbox::Host& host, int cases) {
  const harness::SchedulePlan plan = bounded_concurrency();
  Actor actor = start(host, kSubmission);
  CaseRunner runner{plan, harness::dialect_of("javascript"), {.function = "run", .exports = {}}};
  std::int64_t number = 0;
  (void)run_cases(runner, actor, kWarmUp, number);
  std::printf("%d tasks, limit %d, %d cases a row\n", kTasks, kLimit, cases);
  std::printf("%-12s %10s %12s %8s %8s %8s %9s\n", "", "schedules/s", "requests/s", "us each",
              "judge us", "node us", "judge");
  for (int round = 0; round < kRounds; ++round)
    print("stepwise", run_cases(runner, actor, cases, number));
  for (int round = 0; round < kRounds; ++round)
    print("scripted", run_scripts(runner, actor, kScriptedFactor * cases, number));
}

// The median of what a request costs that does nothing, in microseconds.
double rest_beside_a_timer(const sandbox::Host& host, const std::string& loads) {
  Actor actor = start(host, beside_a_timer(loads));
  const auto ask = [&](harness::FrameType type, harness::Object fields) {
    const Actor::Answers answers = need(actor.request(type, Value{std::move(fields)}));
    if (std::holds_alternative<harness::Ended>(answers)) stop("the program ended");
  };
  ask(harness::FrameType::call, {{{"case", Value{std::int64_t{1}}},
                                  {"function", Value{std::string{"run"}}},
                                  {"arguments", Value{harness::List{}}},
                                  {"options", harness::undefined()}}});
  std::vector<double> each;
  for (int i = 0; i < kRests; ++i) {
    const auto began = Clock::now();
    ask(harness::FrameType::inspect, {{{"case", Value{std::int64_t{1}}}}});
    each.push_back(std::chrono::duration<double, std::micro>{Clock::now() - began}.count());
  }
  std::nth_element(each.begin(), each.begin() + kRests / 2, each.end());
  return each[kRests / 2];
}

void measure_rests(const sandbox::Host& host) {
  std::printf("\na rest beside a timer, median of %d\n", kRests);
  for (const char* loads : {"", "import 'node:crypto';", "import 'node:zlib';"}) {
    std::printf("%-24s %8.1f us\n", loads, rest_beside_a_timer(host, loads));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const int cases = argc > 1 ? std::atoi(argv[1]) : 2000;
  if (argc > 2 || cases < 1) stop("usage: schedule_bench [CASES]");
  const sandbox::Host host = need(sandbox::Host::probe());
  if (const auto can = host.can_virtualise_time(); !can) stop(can.error().message());
  std::string load;
  std::getline(std::ifstream{"/proc/loadavg"}, load);
  std::printf("load %s\n", load.c_str());
  measure_schedules(host, cases);
  measure_rests(host);
}
