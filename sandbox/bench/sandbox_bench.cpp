// What a launch costs: this sandbox, a bare spawn and bubblewrap, measured in turn within one run,
// because absolute times of a shared machine mean little. Prints a table; ratios are what counts.
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "sandbox/process.hpp"

namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;
using namespace base::literals;
using namespace std::chrono_literals;

constexpr const char* kProgram = "/bin/true";  // dynamic: 380 us of it are the loader's
constexpr const char* kBubblewrap = "/usr/bin/bwrap";

[[noreturn]] void stop(const std::string& why) {
  std::cerr << "sandbox_bench: " << why << "\n";
  std::exit(1);
}

void spawn(const std::vector<const char*>& command) {
  std::vector<char*> arguments;
  for (const char* word : command) arguments.push_back(const_cast<char*>(word));
  arguments.push_back(nullptr);
  char* const environment[] = {nullptr};
  pid_t pid = 0;
  int status = -1;
  if (::posix_spawn(&pid, command.front(), nullptr, nullptr, arguments.data(), environment) != 0 ||
      ::waitpid(pid, &status, 0) != pid || status != 0) {
    stop(std::string{command.front()} + " does not run");
  }
}

void spawn_bubblewrap() {
  spawn({kBubblewrap,
         "--unshare-all",
         "--die-with-parent",
         "--new-session",
         "--ro-bind",
         "/usr",
         "/usr",
         "--symlink",
         "usr/bin",
         "/bin",
         "--symlink",
         "usr/lib",
         "/lib",
         "--symlink",
         "usr/lib64",
         "/lib64",
         "--ro-bind",
         "/etc/ld.so.cache",
         "/etc/ld.so.cache",
         "--proc",
         "/proc",
         "--dev",
         "/dev",
         "--tmpfs",
         "/tmp",
         kProgram});
}

sandbox::Limits limits() {
  return {.cpu = 2s,
          .wall = 10s,
          .memory = 64_MiB,
          .output = 64_KiB,
          .processes = 8,
          .open_files = 64,
          .file_size = 16_MiB,
          .scratch = 16_MiB,
          .scratch_inodes = 1024,
          .stack = 8_MiB};
}

sandbox::Program program() {
  sandbox::Program plain;
  plain.arguments = {kProgram};
  return plain;
}

void launch(const sandbox::Host& host, const sandbox::Program& program) {
  const auto report = sandbox::run(host, program, limits());
  if (!report) stop(report.error().message());
  if (report->exit != sandbox::Exit{sandbox::Exit::Kind::exited, 0}) stop("the program failed");
}

void launch_again(sandbox::Cell& cell, const sandbox::Program& program) {
  const auto report = cell.run(program, limits());
  if (!report) stop(report.error().message());
}

// A folder that no program had before makes a slot that none had.
void launch_cold(const sandbox::Host& host) {
  static int number = 0;
  sandbox::Program cold = program();
  const std::string folder = "/cold" + std::to_string(number++);
  cold.files = {{folder + "/file", std::make_shared<const std::string>("x")}};
  launch(host, cold);
}

struct Method {
  std::string name;
  std::function<void()> once;
  int every = 1;  // slow ones are measured less often
  bool parallel = true;
  std::vector<double> times{};  // milliseconds
  double per_second[2] = {0, 0};
};

void measure_latency(std::vector<Method>& methods, int rounds) {
  for (int round = -10; round < rounds; ++round) {
    for (Method& method : methods) {
      if (round % method.every != 0) continue;
      const auto start = Clock::now();
      method.once();
      const Milliseconds took = Clock::now() - start;
      if (round >= 0) method.times.push_back(took.count());  // before that: warming up
    }
  }
}

double measure_rate(const Method& method, int workers, std::chrono::milliseconds span) {
  std::vector<std::thread> threads;
  std::vector<int> counts(static_cast<std::size_t>(workers), 0);
  const auto start = Clock::now();
  for (int& count : counts) {
    threads.emplace_back([&] {
      while (Clock::now() - start < span) {
        method.once();
        ++count;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const std::chrono::duration<double> took = Clock::now() - start;
  double all = 0;
  for (const int count : counts) all += count;
  return all / took.count();
}

double quantile(std::vector<double>& values, double part) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(static_cast<double>(values.size() - 1) * part)];
}

void print(std::vector<Method>& methods) {
  const double bare = quantile(methods.front().times, 0.5);
  std::printf("%-28s %8s %8s %8s %9s %7s %9s %9s\n", "", "median", "p10", "p99", "over bare",
              "ratio", "1 worker", "2 workers");
  std::printf("%-28s %8s %8s %8s %9s %7s %9s %9s\n", "", "ms", "ms", "ms", "ms", "", "per s",
              "per s");
  for (Method& method : methods) {
    const double median = quantile(method.times, 0.5);
    std::printf("%-28s %8.3f %8.3f %8.3f %9.3f %7.2f", method.name.c_str(), median,
                quantile(method.times, 0.1), quantile(method.times, 0.99), median - bare,
                median / bare);
    if (method.parallel) {
      std::printf(" %9.0f %9.0f\n", method.per_second[0], method.per_second[1]);
    } else {
      std::printf(" %9s %9s\n", "-", "-");
    }
  }
}

// The launcher is the one lasting child of this process.
void print_launcher_memory() {
  std::ifstream children{"/proc/thread-self/children"};
  for (int pid = 0; children >> pid;) {
    std::ifstream status{"/proc/" + std::to_string(pid) + "/status"};
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("VmHWM:"))
        std::cout << "launcher, peak memory: " << line.substr(6) << "\n";
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 1000;
  if (argc > 2 || rounds < 1) stop("usage: sandbox_bench [ROUNDS]");
  const auto host = sandbox::Host::probe();
  if (!host) stop(host.error().message());
  const sandbox::Program fresh = program();
  sandbox::Cell cell{*host};
  std::vector<Method> methods{
      {"bare posix_spawn", [] { spawn({kProgram}); }},
      {"sandbox, fresh", [&] { launch(*host, fresh); }},
      {"sandbox, same cell", [&] { launch_again(cell, fresh); }, 1, false},
      {"sandbox, cold slot", [&] { launch_cold(*host); }, 10, false},
  };
  if (::access(kBubblewrap, X_OK) == 0) {
    methods.push_back({"bubblewrap", spawn_bubblewrap, 4});
  } else {
    std::cout << "bubblewrap is not installed and left out\n";
  }
  measure_latency(methods, rounds);
  const auto span = std::chrono::milliseconds{std::min(2 * rounds, 3000)};
  for (Method& method : methods) {
    if (!method.parallel) continue;
    for (const int workers : {1, 2})
      method.per_second[workers - 1] = measure_rate(method, workers, span);
  }
  std::cout << "tier " << sandbox::name_of(host->tier()) << ", " << kProgram << ", " << rounds
            << " rounds, " << std::thread::hardware_concurrency() << " processors\n";
  print(methods);
  print_launcher_memory();
}
