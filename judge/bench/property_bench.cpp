// What a property call costs in the real sandbox, by language and by the number of cases that go
// into one request.
#include <stdlib.h>
#include <time.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <span>
#include <string>
#include <vector>

#include "harnesses/engine/sources.hpp"
#include "harnesses/property/batch.hpp"
#include "harnesses/property/runner.hpp"
#include "judge/problem/diagnostic.hpp"
#include "judge/problem/load_problem.hpp"
#include "judge/submission/load_submission.hpp"
#include "judge/toolchain/build.hpp"

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

constexpr const char* kProblem = R"(schema: 1
id: bench
title: Answers its argument
level: junior
minutes: 5
statement: statement.md
languages:
  javascript: {export: run, starter: start.mjs}
  python: {export: run, starter: start.py}
limits: {cpu: 300 s, wall: 600 s, memory: 512 MiB, output: 1 MiB, processes: 32}
criteria:
  right: {text: It is right.}
tests:
  t:
    harness: property
    given:
      x: {list: {integer: [0, 1000]}, length: [0, 8]}
      s: {string: [0, 12]}
    call: [$x, $s]
    check:
      right: {finally: "fulfilled"}
)";

[[noreturn]] void stop(const std::string& why) {
  std::cerr << "property_bench: " << why << "\n";
  std::exit(1);  // NOLINT(concurrency-mt-unsafe): there is one thread
}

template <typename T>
T must(base::Result<T> result) {
  if (!result) stop(result.error().message());
  return std::move(*result);
}

void write(const fs::path& path, const std::string& text) { std::ofstream{path} << text; }

double judge_cpu_us() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

struct Setup {
  const sandbox::Host& host;
  const judge::Problem& problem;
  harness::ActorPlan plan;
  std::string language;
};

struct Figures {
  double wall_us = 0;
  double judge_us = 0;
  double program_us = 0;
};

template <typename Work>
Figures measure(harness::Actor& actor, std::int64_t calls, Work work) {
  const auto start = Clock::now();
  const double judge_before = judge_cpu_us();
  const auto program_before = actor.cpu_used();
  work();
  const auto many = static_cast<double>(calls);
  return {Microseconds{Clock::now() - start}.count() / many, (judge_cpu_us() - judge_before) / many,
          Microseconds{actor.cpu_used() - program_before}.count() / many};
}

void run(harness::Actor& actor, std::span<const harness::PropertyCase> cases, std::int64_t& first) {
  auto answer = must(harness::run_batch(actor, {"run"}, cases, first, false));
  const auto* done = std::get_if<harness::BatchAnswer>(&answer);
  if (done == nullptr || done->outcomes.size() != cases.size()) stop("the program ended");
  first += static_cast<std::int64_t>(cases.size());
}

void print(const Setup& setup, std::size_t batch, const char* what, const Figures& figures) {
  std::printf("%-12s %6zu  %-6s %10.0f %10.2f %10.2f\n", setup.language.c_str(), batch, what,
              1e6 / figures.wall_us, figures.judge_us, figures.program_us);
}

void bench(const Setup& setup, std::size_t batch, std::int64_t calls) {
  auto started = must(harness::Actor::start(setup.host, setup.plan));
  auto* actor = std::get_if<harness::Actor>(&started);
  if (actor == nullptr) stop("the program does not start");
  const auto& plan = std::get<judge::PropertyTest>(setup.problem.tests.front().plan);
  std::int64_t first = 1;
  std::uint64_t seed = 1;
  std::vector<harness::PropertyCase> cases(batch);
  const auto draw = [&] {
    for (harness::PropertyCase& each : cases) {
      harness::RandomSource source{seed++};
      harness::Choices choices{source};
      each = harness::draw_case(plan, {0}, choices);
    }
  };
  draw();
  for (std::int64_t i = 0; i < 20'000; i += static_cast<std::int64_t>(batch)) {
    run(*actor, cases, first);  // until it is compiled
  }
  const auto rounds = calls / static_cast<std::int64_t>(batch);
  const std::int64_t made = rounds * static_cast<std::int64_t>(batch);
  print(setup, batch, "calls", measure(*actor, made, [&] {
          for (std::int64_t i = 0; i < rounds; ++i) run(*actor, cases, first);
        }));
  print(setup, batch, "drawn", measure(*actor, made, [&] {
          for (std::int64_t i = 0; i < rounds; ++i) {
            draw();
            run(*actor, cases, first);
          }
        }));
  (void)std::move(*actor).stop();
}

}  // namespace

int main(int argc, char** argv) {
  const std::int64_t calls = argc > 1 ? std::strtoll(argv[1], nullptr, 10) : 50'000;
  std::string pattern = (fs::temp_directory_path() / "property-bench-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) stop("cannot make a folder");
  const fs::path folder = fs::path{pattern} / "bench";
  fs::create_directory(folder);
  write(folder / "problem.yaml", kProblem);
  write(folder / "statement.md", "Do it.\n");
  write(folder / "start.mjs", "export const run = (x) => x;\n");
  write(folder / "start.py", "def run(x, s):\n    return x\n");
  const auto problem = judge::load_problem(folder);
  if (!problem) stop(judge::to_error(problem.error()).message());
  const sandbox::Host host = must(sandbox::Host::probe());
  const judge::Toolchain toolchain = must(judge::Toolchain::find());
  std::printf("%-12s %6s  %-6s %10s %10s %10s\n", "language", "batch", "what", "calls/s",
              "judge us", "program us");
  for (const char* name : {"start.mjs", "start.py"}) {
    const judge::Submission submission = must(judge::load_submission(folder / name, {}, *problem));
    auto built = must(judge::build(host, toolchain, *problem, submission));
    auto* ready = std::get_if<judge::Built>(&built);
    auto* plan = ready == nullptr ? nullptr : std::get_if<harness::ActorPlan>(ready);
    if (plan == nullptr) stop("the program does not build");
    plan->virtual_time = host.can_virtualise_time().has_value();
    for (const std::size_t batch : {1U, 64U, 512U}) {
      bench({host, *problem, *plan, to_string(submission.language)}, batch, calls);
    }
  }
  std::error_code ignored;
  fs::remove_all(folder.parent_path(), ignored);
  return 0;
}
