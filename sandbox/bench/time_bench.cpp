// What a virtual clock costs, and whether programs under it are the same in every run: starting
// Node, sleeping, and a program whose timers race with each other and with the thread pool. Real
// time and both modes of virtual time are measured in turn within one run; ratios are what counts.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "sandbox/process.hpp"
#include "sandbox/time/virtual_clock.hpp"

namespace {

using Clock = std::chrono::steady_clock;
using sandbox::TimeMode;
using sandbox::time::VirtualClock;
using namespace base::literals;
using namespace std::chrono_literals;

// As the judge starts it: fewer threads to look at.
const std::vector<std::string> kNode = {"/usr/bin/node", "--v8-pool-size=0",
                                        "--single-threaded-gc"};

constexpr std::array kVirtual{TimeMode::notified, TimeMode::preloaded};

constexpr const char* kSleeps =
    "let n = 0; (function f() { if (++n <= COUNT) setTimeout(f, 1000); else "
    "console.log(Date.now()); })();";
constexpr const char* kRace =
    "const log = []; for (let i = 0; i < 20; i++) setTimeout(() => { log.push(i);"
    "  if (i % 3 === 0) setTimeout(() => log.push('n' + i), (i * 7) % 5); }, (i * 37) % 11);"
    "require('fs').readFile('/usr/bin/env', () => log.push('fs'));"
    "setTimeout(() => console.log(log.join()), 1000);";

[[noreturn]] void stop(const std::string& why) {
  std::cerr << "time_bench: " << why << "\n";
  std::exit(1);
}

sandbox::Limits limits() {
  return {.cpu = 60s,
          .wall = 300s,
          .memory = 256_MiB,
          .output = 64_KiB,
          .processes = 32,
          .open_files = 128,
          .file_size = 1_MiB,
          .scratch = 1_MiB,
          .scratch_inodes = 64,
          .stack = 8_MiB};
}

struct Outcome {
  double ms = 0;
  std::uint64_t jumps = 0;
  std::string output;
};

Outcome run_node(const sandbox::Host& host, const std::string& source, TimeMode mode,
                 const std::vector<std::string>& node = kNode) {
  sandbox::Program program;
  program.profile = sandbox::Profile::node;
  program.arguments = node;
  program.arguments.insert(program.arguments.end(), {"-e", source});
  if (mode != TimeMode::real) {
    auto clock = VirtualClock::make(mode);
    if (!clock) stop(clock.error().message());
    program.clock = std::move(*clock);
  }
  const auto start = Clock::now();
  const auto report = sandbox::run(host, program, limits());
  const std::chrono::duration<double, std::milli> took = Clock::now() - start;
  if (!report) stop(report.error().message());
  if (report->exit != sandbox::Exit{sandbox::Exit::Kind::exited, 0}) stop(report->standard_error);
  return {took.count(), mode != TimeMode::real ? program.clock->jumps() : 0,
          report->standard_output};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void measure_start(const sandbox::Host& host, const std::string& name,
                   const std::vector<std::string>& node) {
  std::array<std::vector<double>, sandbox::kTimeModes.size()> all;
  for (int i = -3; i < 41; ++i) {
    for (std::size_t mode = 0; mode < all.size(); ++mode) {
      const double ms = run_node(host, "0", sandbox::kTimeModes[mode], node).ms;
      if (i >= 0) all[mode].push_back(ms);
    }
  }
  const double real = median(all.back());
  std::printf("%-36s %8.1f ms real", name.c_str(), real);
  for (const TimeMode mode : kVirtual) {
    const double ms = median(all[static_cast<std::size_t>(mode)]);
    std::printf(" %8.1f ms %s %+6.1f ms", ms, std::string{name_of(mode)}.c_str(), ms - real);
  }
  std::printf("\n");
}

void measure_sleeps(const sandbox::Host& host, const std::string& name, int count,
                    const std::vector<std::string>& node) {
  std::string source = kSleeps;
  source.replace(source.find("COUNT"), 5, std::to_string(count));
  for (const TimeMode mode : kVirtual) {
    const double start = run_node(host, "0", mode, node).ms;
    const Outcome slept = run_node(host, source, mode, node);
    std::printf("%-36s %-8s %8.0f ms for %d sleeps of 1 s, %.1f us each, %llu jumps\n",
                name.c_str(), std::string{name_of(mode)}.c_str(), slept.ms, count,
                (slept.ms - start) * 1000 / count, static_cast<unsigned long long>(slept.jumps));
  }
}

std::size_t count_outputs(const sandbox::Host& host, int runs, TimeMode mode) {
  std::set<std::string> outputs;
  for (int i = 0; i < runs; ++i) outputs.insert(run_node(host, kRace, mode).output);
  return outputs.size();
}

void measure_race(const sandbox::Host& host, int runs) {
  const int real_runs = std::min(runs, 50);
  std::printf("%-36s %zu different outputs in %d runs in real time\n", "timers that race",
              count_outputs(host, real_runs, TimeMode::real), real_runs);
  const auto measure = [&](const char* beside) {
    for (const TimeMode mode : kVirtual) {
      std::printf("%-36s %zu in %d runs in mode %s%s\n", "", count_outputs(host, runs, mode), runs,
                  std::string{name_of(mode)}.c_str(), beside);
    }
  };
  measure("");
  std::atomic<bool> enough{false};
  std::vector<std::thread> hogs;
  for (int i = 0; i < 2; ++i) {
    hogs.emplace_back([&] {
      while (!enough) {
      }
    });
  }
  measure(", beside two busy threads");
  enough = true;
  for (std::thread& hog : hogs) hog.join();
}

}  // namespace

int main(int argc, char** argv) {
  const int runs = argc > 1 ? std::atoi(argv[1]) : 1000;
  if (argc > 2 || runs < 1) stop("usage: time_bench [RUNS]");
  const auto host = sandbox::Host::probe();
  if (!host) stop(host.error().message());
  if (const auto can = host->can_virtualise_time(); !can) stop(can.error().message());
  const std::vector<std::string> usual = {"/usr/bin/node"};
  measure_start(*host, "node -e 0, few threads", kNode);
  measure_start(*host, "node -e 0, its usual threads", usual);
  measure_sleeps(*host, "sleeping, few threads", 20'000, kNode);
  measure_sleeps(*host, "sleeping, its usual threads", 20'000, usual);
  measure_sleeps(*host, "a day of setTimeout(1 s), usual threads", 86'400, usual);
  measure_race(*host, runs);
}
