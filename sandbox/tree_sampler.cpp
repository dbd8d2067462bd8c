#include "sandbox/tree_sampler.hpp"

#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

#include "sandbox/base/io.hpp"

namespace sandbox {
namespace {

using cgroup::CpuTime;
using std::chrono::microseconds;

// More is never alive at once: Limits::processes is enforced elsewhere. Bounds the walk all the
// same.
constexpr std::size_t kMostProcesses = 4096;

std::string proc_file(pid_t pid, const char* name) {
  const auto text = base::read_file("/proc/" + std::to_string(pid) + "/" + name, 16384);
  return text ? *text : std::string{};  // gone meanwhile: counts as nothing
}

struct Times {
  CpuTime own;
  CpuTime reaped;  // of children that it has waited for
};

CpuTime operator+(const CpuTime& a, const CpuTime& b) {
  return CpuTime{a.user + b.user, a.system + b.system};
}

CpuTime operator-(const CpuTime& a, const CpuTime& b) {
  return CpuTime{a.user - b.user, a.system - b.system};
}

CpuTime larger(const CpuTime& a, const CpuTime& b) {
  return CpuTime{std::max(a.user, b.user), std::max(a.system, b.system)};
}

// Fields 14 to 17 of proc(5)'s stat, after the name in parentheses, which may contain anything.
Times read_times(pid_t pid) {
  const std::string text = proc_file(pid, "stat");
  const std::size_t close = text.rfind(')');
  if (close == std::string::npos) return {};
  std::istringstream words{text.substr(close + 1)};
  std::string skipped;
  for (int field = 3; field < 14; ++field) words >> skipped;
  std::int64_t user = 0, system = 0, child_user = 0, child_system = 0;
  words >> user >> system >> child_user >> child_system;
  static const std::int64_t tick = 1'000'000 / ::sysconf(_SC_CLK_TCK);
  return Times{CpuTime{microseconds{user * tick}, microseconds{system * tick}},
               CpuTime{microseconds{child_user * tick}, microseconds{child_system * tick}}};
}

struct Memory {
  // Private and shared anonymous memory, and the tables that map it; pages of files on the host's
  // disks are not the program's.
  std::uint64_t used = 0;
  std::uint64_t data = 0;
};

Memory read_memory(pid_t pid) {
  std::istringstream lines{proc_file(pid, "status")};
  Memory memory;
  for (std::string line; std::getline(lines, line);) {
    const bool is_data = line.starts_with("VmData:");
    if (!is_data && !line.starts_with("RssAnon:") && !line.starts_with("RssShmem:") &&
        !line.starts_with("VmPTE:")) {
      continue;
    }
    std::istringstream words{line.substr(line.find(':') + 1)};
    std::uint64_t kib = 0;
    words >> kib;
    (is_data ? memory.data : memory.used) += kib * 1024;
  }
  return memory;
}

// A child appears in the list of the thread that made it, task/<tid>/children in proc(5). Returns
// how many threads there are.
int append_children(pid_t pid, std::vector<pid_t>& pids) {
  int count = 0;
  const std::string folder = "/proc/" + std::to_string(pid) + "/task";
  const std::unique_ptr<DIR, int (*)(DIR*)> threads{::opendir(folder.c_str()), &::closedir};
  if (threads == nullptr) return 0;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): this stream is ours alone, readdir(3) is safe then
  while (const dirent* thread = ::readdir(threads.get())) {
    if (thread->d_name[0] == '.') continue;
    ++count;
    const auto list =
        base::read_file(folder + "/" + static_cast<const char*>(thread->d_name) + "/children");
    if (!list) continue;
    std::istringstream words{*list};
    for (pid_t child = 0; words >> child;) pids.push_back(child);
  }
  return count;
}

}  // namespace

bool TreeSampler::find_init() {
  if (init_ != 0) return true;
  std::vector<pid_t> children;
  append_children(parent_, children);
  if (children.empty()) return false;  // the run is over
  init_ = children.front();
  return true;
}

void TreeSampler::forget_past() {
  if (!find_init()) return;
  const Times times = read_times(init_);
  past_own_ = times.own;
  past_reaped_ = times.reaped;
}

void TreeSampler::sample() {
  if (!find_init()) return;
  std::vector<pid_t> pids{init_};
  std::uint64_t memory = 0;
  int processes = 0;
  CpuTime reaped;
  CpuTime alive;
  for (std::size_t i = 0; i < pids.size() && i < kMostProcesses; ++i) {
    const pid_t pid = pids[i];
    Times times = read_times(pid);
    if (pid == init_) times = Times{times.own - past_own_, times.reaped - past_reaped_};
    reaped = reaped + times.reaped;
    alive = alive + times.own;
    CpuTime& last = seen_[pid];
    last = larger(last, times.own);
    const int threads = append_children(pid, pids);
    if (pid != init_) {
      processes += threads;
      const Memory one = read_memory(pid);
      memory += one.used;
      largest_data_ = std::max(largest_data_, base::Bytes{one.data});
    }
  }
  processes_ = processes;
  const CpuTime ever =
      std::accumulate(seen_.begin(), seen_.end(), CpuTime{},
                      [](const CpuTime& sum, const auto& entry) { return sum + entry.second; });
  cpu_ = larger(cpu_, larger(ever, alive + reaped));
  memory_ = base::Bytes{memory};
  peak_ = std::max(peak_, memory_);
}

}  // namespace sandbox
