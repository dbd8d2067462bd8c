#include "tests/sandbox/launcher/soak_worker.hpp"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <sstream>
#include <thread>
#include <vector>

#include "sandbox/base/io.hpp"
#include "sandbox/base/unique_fd.hpp"
#include "tests/sandbox/launcher/remains.hpp"
#include "tests/sandbox/launcher/soak_scenario.hpp"

namespace sandbox::test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// A request that takes longer hangs; the slowest step of the sandbox gives up sooner.
constexpr std::chrono::seconds kPatience{60};

// Of /proc/<pid>/status, in KiB.
std::uint64_t memory_of(pid_t pid, const std::string& key) {
  std::istringstream status{
      base::read_file("/proc/" + std::to_string(pid) + "/status").value_or("")};
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(key)) return std::stoull(line.substr(key.size()));
  }
  return 0;
}

struct Tally {
  std::atomic<std::uint64_t> begun{0}, reports{0}, errors{0}, abandoned{0}, undisturbed{0};
  std::atomic<int> faults{0};
  // Odd while somebody is being killed; a run that saw no change of it was not disturbed.
  std::atomic<std::uint64_t> disturbances{0};
  std::array<std::atomic<unsigned>, 5> kills{};  // by depth below the caller
};

class Soak {
 public:
  Soak(const SoakOptions& options, const Host& host) : options_{options}, host_{host} {}

  void run();
  [[nodiscard]] const Tally& tally() const { return tally_; }
  [[nodiscard]] std::uint64_t early_memory() const { return early_memory_; }

 private:
  void launch_many(int thread);
  void launch_one(Random& random);
  void take_report(const Scenario& scenario, const base::Result<RunReport>& report, bool calm,
                   bool finished_early);
  void disturb();
  void kill_somebody(Random& random);
  void fault(const std::string& text);

  const SoakOptions& options_;
  const Host& host_;
  Tally tally_;
  std::vector<std::atomic<Clock::rep>> since_ =
      std::vector<std::atomic<Clock::rep>>(static_cast<std::size_t>(options_.threads));
  std::atomic<bool> done_{false};
  std::atomic<std::uint64_t> early_memory_{0};
  Clock::time_point until_ = Clock::now() + options_.time;
  Clock::time_point settled_ = Clock::now() + options_.time / 4;
};

void Soak::fault(const std::string& text) {
  if (tally_.faults.fetch_add(1) < 50) std::printf("fault: %s\n", text.c_str());
  (void)std::fflush(stdout);
}

void Soak::take_report(const Scenario& scenario, const base::Result<RunReport>& report, bool calm,
                       bool finished_early) {
  if (calm) ++tally_.undisturbed;
  if (!report) {
    ++tally_.errors;
    const std::string& message = report.error().message();
    const bool refused =
        scenario.name == "no program" && message.find("(ENOENT)") != std::string::npos;
    if (calm && !refused) fault(scenario.name + ": " + message);
    if (!message.starts_with("sandbox: ")) fault(scenario.name + ": not explained: " + message);
    return;
  }
  ++tally_.reports;
  const bool ours = finished_early && report->ended_by == EndedBy::caller;
  const bool strict = calm && !ours;
  const std::string wrong =
      strict ? scenario.fault(*report) : fault_when_disturbed(scenario, *report);
  if (!wrong.empty()) fault(scenario.name + (strict ? ": " : ", disturbed: ") + wrong);
}

void Soak::launch_one(Random& random) {
  const Scenario scenario = any_scenario(random, host_.tier(), options_.probes);
  const int manner = between(random, 0, 15);
  const std::uint64_t before = tally_.disturbances;
  const auto is_calm = [&] { return before % 2 == 0 && tally_.disturbances == before; };
  ++tally_.begun;
  if (manner > 1) {
    auto report = sandbox::run(host_, scenario.program, scenario.limits);
    return take_report(scenario, report, is_calm(), false);
  }
  auto process = Process::start(host_, scenario.program, scenario.limits);
  if (!process) return take_report(scenario, base::fail(process.error()), is_calm(), false);
  (void)process->wait(-1, std::chrono::milliseconds{between(random, 0, 5)});
  if (manner == 0) {
    ++tally_.abandoned;
    return;
  }
  auto report = std::move(*process).finish();
  take_report(scenario, report, is_calm(), true);
}

void Soak::launch_many(int thread) {
  Random random{options_.seed * 1000 + static_cast<std::uint64_t>(thread)};
  auto& since = since_.at(static_cast<std::size_t>(thread));
  while (tally_.begun < options_.launches && Clock::now() < until_) {
    since = Clock::now().time_since_epoch().count();
    launch_one(random);
    since = 0;
    const bool settled = tally_.begun > options_.launches / 4 || Clock::now() > settled_;
    if (early_memory_ == 0 && settled) {
      early_memory_ = memory_of(::getpid(), "VmRSS:");
    }
  }
}

// By descriptor, and only what is below us at this moment: a number may have become somebody
// else's.
void Soak::kill_somebody(Random& random) {
  const int depth = between(random, 1, 4);
  std::vector<pid_t> level{::getpid()};
  std::vector<pid_t> all = living_descendants(::getpid());
  for (int i = 0; i < depth && !level.empty(); ++i) {
    std::vector<pid_t> next;
    for (const pid_t pid : all) {
      const pid_t parent = parent_of(pid);
      if (std::find(level.begin(), level.end(), parent) != level.end()) next.push_back(pid);
    }
    level = next;
  }
  if (level.empty()) return;
  const pid_t chosen = level.at(random() % level.size());
  const base::UniqueFd handle{static_cast<int>(::syscall(SYS_pidfd_open, chosen, 0))};
  all = living_descendants(::getpid());
  if (!handle.is_open() || std::find(all.begin(), all.end(), chosen) == all.end()) return;
  const std::vector<pid_t> below = living_descendants(chosen);
  ++tally_.disturbances;
  (void)::syscall(SYS_pidfd_send_signal, handle.get(), SIGKILL, nullptr, 0);
  pollfd end{handle.get(), POLLIN, 0};
  (void)::poll(&end, 1, 10'000);
  // With a launcher go its slots, and with those all that runs in them.
  const auto is_left = [&](pid_t pid) {
    return std::find(below.begin(), below.end(), pid) != below.end();
  };
  for (int i = 0; i < 5000; ++i) {
    all = living_descendants(::getpid());
    if (std::none_of(all.begin(), all.end(), is_left)) break;
    std::this_thread::sleep_for(1ms);
  }
  ++tally_.disturbances;
  ++tally_.kills.at(static_cast<std::size_t>(depth));
}

void Soak::disturb() {
  Random random{options_.seed};
  while (!done_) {
    const auto calm = std::max<int>(1, static_cast<int>(options_.calm.count()));
    std::this_thread::sleep_for(std::chrono::milliseconds{between(random, 0, 2 * calm)});
    if (options_.calm > 0ms) kill_somebody(random);
    while (::waitpid(-1, nullptr, WNOHANG) > 0) {  // orphans of a launcher come to us
    }
    for (const auto& since : since_) {
      const Clock::rep begun = since;
      if (begun == 0) continue;
      if (Clock::now() - Clock::time_point{Clock::duration{begun}} < kPatience) continue;
      std::printf("fault: a request hangs\n");
      std::abort();
    }
  }
}

void Soak::run() {
  std::thread disturber{[&] { disturb(); }};
  std::vector<std::thread> threads;
  threads.reserve(static_cast<std::size_t>(options_.threads));
  for (int i = 0; i < options_.threads; ++i) threads.emplace_back([this, i] { launch_many(i); });
  for (std::thread& thread : threads) thread.join();
  done_ = true;
  disturber.join();
}

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

int print_remains(const Remains& before) {
  while (::waitpid(-1, nullptr, WNOHANG) > 0) {
  }
  const Remains after = await_remains(before);
  std::printf("before: %s\nafter:  %s\n", to_text(before).c_str(), to_text(after).c_str());
  return is_more(after, before) ? 1 : 0;
}

}  // namespace

int soak(const SoakOptions& options) {
  constexpr std::uint64_t kMostGrowth = 32'768;  // KiB; heaps of the threads settle late
  (void)::prctl(PR_SET_CHILD_SUBREAPER, 1);
  (void)groups_of(::getpid());  // what is looked for once is no growth
  const Remains before = count_remains();
  int faults = 0;
  {
    auto host = Host::probe({.best = options.best});
    if (!host) {
      std::printf("SKIPPED: %s\n", host.error().message().c_str());
      return 0;
    }
    const Clock::time_point begin = Clock::now();
    Soak work{options, *host};
    work.run();
    const Tally& tally = work.tally();
    const double time = seconds_since(begin);
    const std::uint64_t memory = memory_of(::getpid(), "VmRSS:");
    const std::uint64_t answers = tally.reports + tally.errors + tally.abandoned;
    faults = tally.faults;
    std::printf("launches=%lu reports=%lu errors=%lu abandoned=%lu undisturbed=%lu faults=%d ",
                tally.begun.load(), tally.reports.load(), tally.errors.load(),
                tally.abandoned.load(), tally.undisturbed.load(), faults);
    std::printf("killed: launcher=%u slot=%u init=%u program=%u ", tally.kills[1].load(),
                tally.kills[2].load(), tally.kills[3].load(), tally.kills[4].load());
    std::printf("seconds=%.1f rss_kib=%lu..%lu tier=%s\n", time, work.early_memory(), memory,
                std::string{name_of(host->tier())}.c_str());
    if (answers != tally.begun) ++faults;
    if (work.early_memory() != 0 && memory > work.early_memory() + kMostGrowth) ++faults;
  }
  return faults + print_remains(before);
}

void launch_for_ever(const SoakOptions& options) {
  auto host = Host::probe({.best = options.best});
  const auto work = [&](std::uint64_t seed) {
    Random random{seed};
    for (;;) {
      const Scenario scenario = any_scenario(random, host->tier(), options.probes);
      (void)sandbox::run(*host, scenario.program, scenario.limits);
    }
  };
  if (!host) {
    for (;;) (void)::pause();
  }
  std::thread other{work, options.seed + 1};
  work(options.seed);
  std::abort();  // not reached
}

int launch_plain(const SoakOptions& options) {
  (void)::prctl(PR_SET_CHILD_SUBREAPER, 1);
  (void)groups_of(::getpid());
  const Remains before = count_remains();
  std::atomic<int> faults{0};
  {
    auto host = Host::probe({.best = options.best});
    if (!host) {
      std::printf("SKIPPED: %s\n", host.error().message().c_str());
      return 0;
    }
    const Scenario scenario = plain_scenario();
    std::atomic<std::uint64_t> begun{0};
    const auto work = [&](std::uint64_t most) {
      while (begun.fetch_add(1) < most) {
        auto report = sandbox::run(*host, scenario.program, scenario.limits);
        if (!report || !scenario.fault(*report).empty()) ++faults;
      }
    };
    const auto work_together = [&](std::uint64_t most) {
      std::vector<std::thread> threads;
      threads.reserve(static_cast<std::size_t>(options.threads));
      for (int i = 0; i < options.threads; ++i) threads.emplace_back(work, most);
      for (std::thread& thread : threads) thread.join();
    };
    work_together(200);
    const Remains warm = count_remains();
    const pid_t launcher = living_descendants(::getpid()).at(0);
    const auto show = [&](const char* when, const Remains& remains) {
      std::printf("%s: launcher rss_kib=%lu peak_kib=%lu, own rss_kib=%lu, %s\n", when,
                  memory_of(launcher, "VmRSS:"), memory_of(launcher, "VmHWM:"),
                  memory_of(::getpid(), "VmRSS:"), to_text(remains).c_str());
    };
    show("warm", warm);
    begun = 0;
    const Clock::time_point begin = Clock::now();
    work_together(options.launches);
    const double time = seconds_since(begin);
    const Remains last = count_remains();
    show("last", last);
    std::printf("launches=%lu threads=%d seconds=%.1f per_second=%.0f faults=%d tier=%s\n",
                options.launches, options.threads, time,
                static_cast<double>(options.launches) / time, faults.load(),
                std::string{name_of(host->tier())}.c_str());
    if (is_more(last, warm)) ++faults;
  }
  return faults + print_remains(before);
}

}  // namespace sandbox::test
