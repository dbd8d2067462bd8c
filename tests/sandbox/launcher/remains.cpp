#include "tests/sandbox/launcher/remains.hpp"

#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <set>
#include <sstream>
#include <thread>

#include "sandbox/base/io.hpp"
#include "sandbox/cgroup/bases.hpp"

namespace sandbox::test {
namespace {

std::vector<std::string> entries_of(const std::string& folder) {
  const std::unique_ptr<DIR, int (*)(DIR*)> entries{::opendir(folder.c_str()), &::closedir};
  std::vector<std::string> names;
  if (entries == nullptr) return names;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): this stream is ours alone, readdir(3) is safe then
  while (const dirent* entry = ::readdir(entries.get())) {
    if (entry->d_name[0] != '.') names.emplace_back(static_cast<const char*>(entry->d_name));
  }
  return names;
}

// (A stream would throw when the process ends between opening and reading.)
std::string read_or_nothing(const std::string& path) { return base::read_file(path).value_or(""); }

// The third field of proc(5)'s stat, behind the name in parentheses.
bool is_alive(pid_t pid) {
  const std::string text = read_or_nothing("/proc/" + std::to_string(pid) + "/stat");
  const std::size_t close = text.rfind(") ");
  if (close == std::string::npos) return false;
  const char state = text[close + 2];
  return state != 'Z' && state != 'X';
}

void append_children(pid_t pid, std::vector<pid_t>& pids) {
  const std::string tasks = "/proc/" + std::to_string(pid) + "/task/";
  for (const std::string& task : entries_of(tasks)) {
    std::istringstream list{read_or_nothing(std::string{tasks}.append(task).append("/children"))};
    for (pid_t child = 0; list >> child;) {
      if (is_alive(child)) pids.push_back(child);
    }
  }
}

// Looked for once: looking makes and removes groups.
const std::set<std::string>& group_folders() {
  static const std::set<std::string> folders = [] {
    std::set<std::string> found;
    const cgroup::Bases bases = cgroup::find_bases(cgroup::Choice::any);
    for (const cgroup::Base& base : {bases.memory, bases.processes, bases.cpu}) {
      if (base.version != cgroup::Version::none) found.insert(base.folder);
    }
    return found;
  }();
  return folders;
}

std::size_t count_mounts() {
  const std::string mounts = read_or_nothing("/proc/self/mountinfo");
  return static_cast<std::size_t>(std::count(mounts.begin(), mounts.end(), '\n'));
}

}  // namespace

pid_t parent_of(pid_t pid) {
  const std::string text = read_or_nothing("/proc/" + std::to_string(pid) + "/stat");
  const std::size_t close = text.rfind(") ");
  return close == std::string::npos ? 0 : std::stoi(text.substr(close + 4));
}

std::vector<pid_t> living_descendants(pid_t ancestor) {
  std::vector<pid_t> pids;
  append_children(ancestor, pids);
  for (std::size_t i = 0; i < pids.size(); ++i) append_children(pids[i], pids);
  return pids;
}

std::vector<std::string> groups_of(pid_t maker) {
  const std::string prefix = "judge-" + std::to_string(maker) + "-";
  std::vector<std::string> groups;
  for (const std::string& folder : group_folders()) {
    for (const std::string& name : entries_of(folder)) {
      if (name.starts_with(prefix)) groups.push_back(std::string{folder}.append("/").append(name));
    }
  }
  return groups;
}

Remains count_remains() {
  return Remains{.processes = living_descendants(::getpid()).size(),
                 .groups = groups_of(::getpid()).size(),
                 .mounts = count_mounts(),
                 .descriptors = entries_of("/proc/self/fd").size()};
}

std::string to_text(const Remains& remains) {
  return "processes=" + std::to_string(remains.processes) +
         " groups=" + std::to_string(remains.groups) + " mounts=" + std::to_string(remains.mounts) +
         " descriptors=" + std::to_string(remains.descriptors);
}

bool is_more(const Remains& remains, const Remains& than) {
  return remains.processes > than.processes || remains.groups > than.groups ||
         remains.mounts > than.mounts || remains.descriptors > than.descriptors;
}

Remains await_remains(const Remains& expected) {
  using namespace std::chrono_literals;
  const auto until = std::chrono::steady_clock::now() + 2s;
  for (;;) {
    const Remains now = count_remains();
    if (!is_more(now, expected) || std::chrono::steady_clock::now() > until) return now;
    std::this_thread::sleep_for(1ms);
  }
}

}  // namespace sandbox::test
