#include "sandbox/cgroup/group.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <string_view>
#include <thread>
#include <utility>

#include "sandbox/base/escape.hpp"
#include "sandbox/base/io.hpp"

namespace sandbox::cgroup {
namespace {

using std::chrono::microseconds;

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

std::optional<std::uint64_t> parse_number(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::uint64_t> read_number(const std::string& path) {
  const auto text = base::read_file(path, 4096);
  return text ? parse_number(*text) : std::nullopt;
}

// The value of `key` in lines of the form `key value`.
std::optional<std::uint64_t> read_keyed(const std::string& path, std::string_view key) {
  const auto text = base::read_file(path, 65536);
  if (!text) return std::nullopt;
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    if (line.starts_with(key) && line.size() > key.size() && line[key.size()] == ' ') {
      return parse_number(line.substr(key.size() + 1));
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return std::nullopt;
}

// The kernel rounds memory down to whole pages; it must never take more than was asked for.
base::Status write_limit(const std::string& path, std::uint64_t value) {
  constexpr std::uint64_t kLargestPage = 65536;
  JUDGE_TRY_VOID(base::write_file(path, std::to_string(value)));
  const std::optional<std::uint64_t> got = read_number(path);
  if (!got || *got > value || value - *got >= kLargestPage) {
    return base::system_failure(
        base::quoted(path) + ": the kernel did not keep the limit of " + std::to_string(value),
        ERANGE);
  }
  return {};
}

base::Status limit_memory(Version version, const std::string& folder, base::Bytes limit) {
  if (version == Version::v2) {
    JUDGE_TRY_VOID(write_limit(folder + "/memory.max", limit.count()));
    const std::string swap = folder + "/memory.swap.max";
    return exists(swap) ? write_limit(swap, 0) : base::Status{};
  }
  JUDGE_TRY_VOID(write_limit(folder + "/memory.limit_in_bytes", limit.count()));
  // Memory and swap together: must not be below the former, so it comes second.
  const std::string swap = folder + "/memory.memsw.limit_in_bytes";
  return exists(swap) ? write_limit(swap, limit.count()) : base::Status{};
}

}  // namespace

base::Result<Group::Place> Group::make_folder(const Base& base, const std::string& name) {
  Place place{base.version, base.folder + "/" + name};
  const bool made = std::any_of(folders_.begin(), folders_.end(),
                                [&](const Place& other) { return other.folder == place.folder; });
  if (!made) {
    if (::mkdir(place.folder.c_str(), 0755) < 0) {
      return base::system_failure(base::quoted(place.folder) + ": mkdir", errno);
    }
    folders_.push_back(place);
  }
  return place;
}

base::Result<Group> Group::make(const Bases& bases, const GroupLimits& limits) {
  static std::atomic<unsigned> counter{
      0};  // names must differ within this process, whoever makes groups
  const std::string name =
      "judge-" + std::to_string(::getpid()) + "-" + std::to_string(counter.fetch_add(1));
  Group group;
  if (bases.memory.version != Version::none) {
    JUDGE_TRY(group.memory_, group.make_folder(bases.memory, name));
    JUDGE_TRY_VOID(limit_memory(group.memory_.version, group.memory_.folder, limits.memory));
  }
  if (bases.processes.version != Version::none) {
    JUDGE_TRY(group.processes_, group.make_folder(bases.processes, name));
    JUDGE_TRY_VOID(write_limit(group.processes_.folder + "/pids.max",
                               static_cast<std::uint64_t>(limits.processes)));
  }
  if (bases.cpu.version != Version::none) {
    JUDGE_TRY(group.cpu_, group.make_folder(bases.cpu, name));
  }
  return group;
}

Group::Group(Group&& other) noexcept
    : memory_{std::exchange(other.memory_, {})},
      processes_{std::exchange(other.processes_, {})},
      cpu_{std::exchange(other.cpu_, {})},
      highest_memory_{other.highest_memory_},
      folders_{std::exchange(other.folders_, {})} {}

Group& Group::operator=(Group&& other) noexcept {
  std::swap(memory_, other.memory_);
  std::swap(processes_, other.processes_);
  std::swap(cpu_, other.cpu_);
  std::swap(highest_memory_, other.highest_memory_);
  std::swap(folders_, other.folders_);
  return *this;
}

Group::~Group() { (void)remove(); }  // what cannot be removed now is swept by the next judge

base::Result<Group::Entrance> Group::open_entrance() const {
  Entrance entrance;
  for (const Place& place : folders_) {
    const bool unified = place.version == Version::v2;
    const std::string path = unified ? place.folder : place.folder + "/tasks";
    base::UniqueFd fd{
        ::open(path.c_str(), (unified ? O_RDONLY | O_DIRECTORY : O_WRONLY) | O_CLOEXEC)};
    if (!fd.is_open()) return base::system_failure(base::quoted(path) + ": open", errno);
    if (unified) {
      entrance.unified = std::move(fd);
    } else {
      entrance.tasks.push_back(std::move(fd));
    }
  }
  return entrance;
}

std::optional<CpuTime> Group::cpu() const {
  if (cpu_.version == Version::none) return std::nullopt;
  if (cpu_.version == Version::v2) {
    const std::string file = cpu_.folder + "/cpu.stat";
    const auto user = read_keyed(file, "user_usec");
    const auto system = read_keyed(file, "system_usec");
    if (!user || !system) return std::nullopt;
    return CpuTime{microseconds{*user}, microseconds{*system}};
  }
  const auto user = read_number(cpu_.folder + "/cpuacct.usage_user");
  const auto system = read_number(cpu_.folder + "/cpuacct.usage_sys");
  if (!user || !system) return std::nullopt;
  return CpuTime{microseconds{*user / 1000}, microseconds{*system / 1000}};
}

std::optional<base::Bytes> Group::peak_memory() const {
  if (memory_.version == Version::none) return std::nullopt;
  const char* file = memory_.version == Version::v2 ? "/memory.peak" : "/memory.max_usage_in_bytes";
  const auto peak = read_number(memory_.folder + file);
  return peak ? base::Bytes{*peak} : highest_memory_;
}

void Group::note_memory() {
  if (memory_.version != Version::v2 || exists(memory_.folder + "/memory.peak")) return;
  const base::Bytes now{read_number(memory_.folder + "/memory.current").value_or(0)};
  highest_memory_ = std::max(highest_memory_, now);
}

std::uint64_t Group::oom_kills() const {
  if (memory_.version == Version::none) return 0;
  const char* file = memory_.version == Version::v2 ? "/memory.events" : "/memory.oom_control";
  return read_keyed(memory_.folder + file, "oom_kill").value_or(0);
}

base::Status Group::remove() {
  constexpr int kTries = 2000;
  base::Status status;
  for (const auto& [version, folder] : folders_) {
    for (int i = 0; ::rmdir(folder.c_str()) < 0; ++i) {
      if (errno == ENOENT) break;
      if (errno != EBUSY || i == kTries) {
        status =
            base::system_failure("sandbox: remove control group: " + base::quoted(folder), errno);
        break;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
  }
  folders_.clear();
  return status;
}

}  // namespace sandbox::cgroup
