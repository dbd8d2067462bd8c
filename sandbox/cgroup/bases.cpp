#include "sandbox/cgroup/bases.hpp"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <ctime>
#include <memory>
#include <optional>
#include <sstream>
#include <string_view>

#include "sandbox/base/io.hpp"

namespace sandbox::cgroup {
namespace {

bool has_word(std::string_view list, std::string_view word, char separator) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(separator), list.size());
    if (list.substr(0, end) == word) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

// The path of our own group, from lines like `4:memory:/a/b` and `0::/a/b`.
std::optional<std::string> own_path(const std::string& cgroup_text, const std::string& controller) {
  std::istringstream lines{cgroup_text};
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string_view names = std::string_view{line}.substr(first + 1, second - first - 1);
    const bool found = controller.empty() ? names.empty() : has_word(names, controller, ',');
    if (found) return line.substr(second + 1);
  }
  return std::nullopt;
}

struct Mount {
  std::string root;   // which part of the hierarchy is visible
  std::string point;  // where
};

// From lines like `35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory`, proc(5).
std::optional<Mount> find_mount(const std::string& mountinfo_text, const std::string& controller) {
  std::istringstream lines{mountinfo_text};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words{line};
    std::string skipped, root, point, word, type, source, options;
    words >> skipped >> skipped >> skipped >> root >> point;
    while (words >> word && word != "-") {
    }
    words >> type >> source >> options;
    const bool found = controller.empty() ? type == "cgroup2"
                                          : type == "cgroup" && has_word(options, controller, ',');
    if (found) return Mount{root, point};
  }
  return std::nullopt;
}

bool can_write(const std::string& path) { return ::access(path.c_str(), W_OK) == 0; }
bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

// A group can be made there, has these files, and processes can be put into it. That they really
// can is proved by the rehearsal of a launch (examine.cpp).
bool offers(const std::string& folder, const std::vector<std::string>& files) {
  static std::atomic<unsigned> counter{0};  // several may look at once
  const std::string group = folder + "/judge-" + std::to_string(::getpid()) + "-probe" +
                            std::to_string(counter.fetch_add(1));
  if (::mkdir(group.c_str(), 0755) < 0 && errno != EEXIST) return false;
  const bool usable = can_write(group + "/cgroup.procs") &&
                      std::all_of(files.begin(), files.end(), [&](const std::string& file) {
                        return exists(group + "/" + file);
                      });
  (void)::rmdir(group.c_str());
  return usable;
}

struct HostText {
  std::string cgroup;
  std::string mountinfo;
};

Base find_v1(const HostText& host, const std::string& controller, const std::string& file) {
  for (const std::string& folder : own_folders(host.cgroup, host.mountinfo, controller)) {
    if (offers(folder, {file})) return Base{Version::v1, folder};
  }
  return {};
}

struct V2Resource {
  const char* controller;  // empty: there without one
  const char* file;
};
constexpr V2Resource kV2Memory{"memory", "memory.max"};
constexpr V2Resource kV2Processes{"pids", "pids.max"};
constexpr V2Resource kV2Cpu{"", "cpu.stat"};

// The nearest folder below which groups have all these resources. Moving a process needs the right
// to write the common ancestor's cgroup.procs too (cgroup-v2.rst, "Delegation"), so the search ends
// where that is missing.
std::string find_v2_folder(const HostText& host, const std::vector<V2Resource>& resources) {
  std::vector<std::string> files;
  files.reserve(resources.size());
  for (const V2Resource& resource : resources) files.emplace_back(resource.file);
  for (const std::string& folder : own_folders(host.cgroup, host.mountinfo, "")) {
    if (!can_write(folder + "/cgroup.procs")) break;
    if (offers(folder, files)) return folder;
    // Refused (EBUSY) while the group holds processes itself, as our own usually does: then its
    // parent may do.
    for (const V2Resource& resource : resources) {
      if (*resource.controller == '\0') continue;
      (void)base::write_file(folder + "/cgroup.subtree_control",
                             std::string{"+"} + resource.controller);
    }
    if (offers(folder, files)) return folder;
  }
  return {};
}

// A process is in one group of version 2 only, so one folder has to do for all that version 2
// offers.
Bases find_v2(const HostText& host) {
  const std::vector<std::vector<V2Resource>> wishes{
      {kV2Memory, kV2Processes, kV2Cpu}, {kV2Memory, kV2Cpu}, {kV2Processes, kV2Cpu}, {kV2Cpu}};
  for (const std::vector<V2Resource>& wish : wishes) {
    const Base base{Version::v2, find_v2_folder(host, wish)};
    if (base.folder.empty()) continue;
    const auto base_if = [&](const V2Resource& resource) {
      const bool has = std::any_of(wish.begin(), wish.end(), [&](const V2Resource& one) {
        return one.file == resource.file;
      });
      return has ? base : Base{};
    };
    return Bases{.memory = base_if(kV2Memory), .processes = base_if(kV2Processes), .cpu = base};
  }
  return {};
}

// The <pid> of judge-<pid>-<anything>.
std::optional<pid_t> maker_of(std::string_view name) {
  constexpr std::string_view kPrefix = "judge-";
  if (name.substr(0, kPrefix.size()) != kPrefix) return std::nullopt;
  name.remove_prefix(kPrefix.size());
  pid_t pid = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
  if (error != std::errc{} || end == name.data() + name.size() || *end != '-') return std::nullopt;
  return pid;
}

bool is_dead(pid_t pid) { return ::kill(pid, 0) < 0 && errno == ESRCH; }

// A judge in another pid namespace looks dead from here; its groups are young, or not empty, and
// rmdir refuses those.
bool is_old(const std::string& path) {
  constexpr std::time_t kSeconds = 60;
  struct stat about {};
  return ::stat(path.c_str(), &about) == 0 && std::time(nullptr) - about.st_mtime > kSeconds;
}

void sweep(const std::string& folder) {
  const std::unique_ptr<DIR, int (*)(DIR*)> entries{::opendir(folder.c_str()), &::closedir};
  if (entries == nullptr) return;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): this stream is ours alone, readdir(3) is safe then
  while (const dirent* entry = ::readdir(entries.get())) {
    const std::string name = static_cast<const char*>(entry->d_name);
    const std::optional<pid_t> maker = maker_of(name);
    std::string path = folder;
    path.append("/").append(name);
    if (maker && is_dead(*maker) && is_old(path)) (void)::rmdir(path.c_str());
  }
}

}  // namespace

std::vector<std::string> own_folders(const std::string& cgroup_text,
                                     const std::string& mountinfo_text,
                                     const std::string& controller) {
  const std::optional<std::string> path = own_path(cgroup_text, controller);
  const std::optional<Mount> mount = find_mount(mountinfo_text, controller);
  if (!path || !mount) return {};
  const std::string root = mount->root == "/" ? "" : mount->root;
  std::string below;
  if (path->starts_with(root)) below = path->substr(root.size());
  // Else, as for /c10 below /c1, our own group is not visible here, and the top of what is visible
  // has to do.
  if (!below.starts_with('/')) below.clear();
  std::vector<std::string> folders;
  while (!below.empty() && below != "/") {
    folders.push_back(mount->point + below);
    below.erase(below.rfind('/'));
  }
  folders.push_back(mount->point);
  return folders;
}

Bases find_bases(Choice choice) {
  if (choice == Choice::none) return {};
  const auto cgroup = base::read_file("/proc/self/cgroup");
  const auto mountinfo = base::read_file("/proc/self/mountinfo");
  if (!cgroup || !mountinfo) return {};
  const HostText host{*cgroup, *mountinfo};
  Bases bases = choice == Choice::v1_only ? Bases{} : find_v2(host);
  if (choice == Choice::v2_only) return bases;
  const auto fill = [&](Base& base, const char* controller, const char* file) {
    if (base.version == Version::none) base = find_v1(host, controller, file);
  };
  fill(bases.memory, "memory", "memory.limit_in_bytes");
  fill(bases.processes, "pids", "pids.max");
  fill(bases.cpu, "cpuacct", "cpuacct.usage");
  return bases;
}

void sweep_stale_groups(const Bases& bases) {
  for (const Base* base : {&bases.memory, &bases.processes, &bases.cpu}) {
    if (base->version != Version::none) sweep(base->folder);
  }
}

std::string describe(const Base& base, const std::string& otherwise) {
  switch (base.version) {
    case Version::v2:
      return "cgroup-v2";
    case Version::v1:
      return "cgroup-v1";
    case Version::none:
      break;
  }
  return otherwise;
}

}  // namespace sandbox::cgroup
