#include "sandbox/cgroup/abandon.hpp"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include "sandbox/base/io.hpp"

namespace sandbox::cgroup {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> own_groups(const Bases& bases) {
  const std::string prefix = "judge-" + std::to_string(::getpid()) + "-";
  std::vector<fs::path> groups;
  for (const Base* base : {&bases.memory, &bases.processes, &bases.cpu}) {
    if (base->version == Version::none) continue;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator{base->folder, ignored}) {
      if (entry.path().filename().string().starts_with(prefix)) groups.push_back(entry.path());
    }
  }
  return groups;
}

void kill_members(const fs::path& group) {
  const auto text = base::read_file((group / "cgroup.procs").string());
  if (!text) return;
  std::string_view rest = *text;
  while (!rest.empty()) {
    pid_t pid = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), pid);
    // 0 stands for a process of a pid namespace that is not visible here.
    if (error == std::errc{} && pid > 1 && pid != ::getpid()) (void)::kill(pid, SIGKILL);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    rest.remove_prefix(rest.empty() ? 0 : std::min(rest.find('\n'), rest.size() - 1) + 1);
  }
}

}  // namespace

void abandon_own_groups(const Bases& bases) {
  using namespace std::chrono_literals;
  const auto until = std::chrono::steady_clock::now() + 2s;
  for (;;) {
    const std::vector<fs::path> groups = own_groups(bases);
    if (groups.empty() || std::chrono::steady_clock::now() > until) return;
    for (const fs::path& group : groups) {
      kill_members(group);
      (void)::rmdir(group.c_str());
    }
    std::this_thread::sleep_for(5ms);
  }
}

}  // namespace sandbox::cgroup
