// soak: many launches under bad conditions, from outside of the process that launches. Usage:
//   soak [--launches N] [--threads N] [--seed N] [--seconds N] [--calm MS] [--tier T] [--plain]
// Beside the worker, which kills what it has started at random, further callers are started and
// killed in the middle of what they do. At the end nothing of any of them may be left. With --plain
// only: how many launches of /bin/true a second, and what remains of them.
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "sandbox/base/check.hpp"
#include "tests/sandbox/launcher/remains.hpp"
#include "tests/sandbox/launcher/soak_scenario.hpp"
#include "tests/sandbox/launcher/soak_worker.hpp"

using namespace std::chrono_literals;
using namespace sandbox::test;

namespace {

template <typename Work>
pid_t start(Work work) {
  (void)std::fflush(nullptr);
  const pid_t pid = ::fork();
  if (pid == 0) {
    (void)::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int faults = work();
    (void)std::fflush(nullptr);
    ::_exit(faults == 0 ? 0 : 1);
  }
  JUDGE_CHECK(pid > 0, "there is a process to be had");  // nobody may ever signal -1
  return pid;
}

// Living processes that have come to us from `victim`: everything but the worker's own.
std::vector<pid_t> orphans(pid_t worker) {
  std::vector<pid_t> all = living_descendants(::getpid());
  const std::vector<pid_t> known = living_descendants(worker);
  const auto is_known = [&](pid_t pid) {
    return pid == worker || std::find(known.begin(), known.end(), pid) != known.end();
  };
  // What the worker has started meanwhile is not to be seen in `known`: ask again.
  all.erase(std::remove_if(all.begin(), all.end(), is_known), all.end());
  return all;
}

// Kills a caller in the middle of its runs; what is left of it, as text; empty: nothing.
std::string kill_a_caller(const SoakOptions& options, Random& random, pid_t worker) {
  const pid_t victim = start([&]() -> int { launch_for_ever(options); });
  std::this_thread::sleep_for(std::chrono::milliseconds{between(random, 5, 400)});
  (void)::kill(victim, SIGKILL);
  (void)::waitpid(victim, nullptr, 0);
  std::vector<pid_t> left;
  std::vector<std::string> groups;
  for (int i = 0; i < 5000; ++i) {
    std::vector<pid_t> now = orphans(worker);
    std::vector<pid_t> still;
    for (const pid_t pid : now) {
      // Seen twice in a row: not one that the worker was just starting.
      if (i == 0 || std::find(left.begin(), left.end(), pid) != left.end()) still.push_back(pid);
    }
    left = i == 0 ? now : still;
    groups = groups_of(victim);
    for (const std::string& group : groups) (void)::rmdir(group.c_str());  // busy while in use
    if (left.empty() && groups.empty()) return {};
    std::this_thread::sleep_for(1ms);
  }
  return std::to_string(left.size()) + " processes and " + std::to_string(groups.size()) +
         " groups of a killed caller are left";
}

int watch(const SoakOptions& options) {
  (void)::prctl(PR_SET_CHILD_SUBREAPER, 1);
  (void)groups_of(::getpid());
  const Remains before = count_remains();
  const pid_t worker = start([&] { return soak(options); });
  Random random{options.seed};
  SoakOptions own = options;
  int faults = 0;
  unsigned callers = 0;
  int status = 0;
  for (;;) {
    own.seed = random();
    if (options.calm > 0ms) {
      const std::string left = kill_a_caller(own, random, worker);
      ++callers;
      if (!left.empty()) {
        std::printf("fault: %s\n", left.c_str());
        ++faults;
      }
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{between(random, 0, 300)});
    bool ended = false;
    for (pid_t pid = 1; pid > 0;) {
      int one = 0;
      pid = ::waitpid(-1, &one, WNOHANG);
      if (pid != worker) continue;
      ended = true;
      status = one;
    }
    if (ended) break;
  }
  while (::waitpid(-1, nullptr, WNOHANG) > 0) {
  }
  const Remains after = await_remains(before);
  if (status != 0 || is_more(after, before)) ++faults;
  std::printf("soak: callers_killed=%u worker_status=%d faults=%d %s\n", callers, status, faults,
              to_text(after).c_str());
  return faults == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  SoakOptions options;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): there are no other threads yet
  const char* reachable = std::getenv("JUDGE_PROBES_FOLDER");
  options.probes = reachable != nullptr ? reachable : JUDGE_PROBES_FOLDER;
  bool plain = false;
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    if (name == "--plain") {
      plain = true;
      continue;
    }
    if (name == "--tier" && i + 1 < count) {
      options.best = sandbox::parse_tier(arguments[++i]).value_or(options.best);
      continue;
    }
    const std::uint64_t number = i + 1 < count ? std::strtoull(arguments[++i], nullptr, 10) : 0;
    if (name == "--launches") options.launches = number;
    if (name == "--threads") options.threads = static_cast<int>(number);
    if (name == "--seed") options.seed = number;
    if (name == "--seconds") options.time = std::chrono::seconds{number};
    if (name == "--calm") options.calm = std::chrono::milliseconds{number};
  }
  return plain ? (launch_plain(options) == 0 ? 0 : 1) : watch(options);
}
