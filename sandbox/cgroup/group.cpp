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

// Counters fit into a small buffer: no allocation, one system call.
class CounterText {
 public:
  explicit CounterText(const base::UniqueFd& file) {
    if (!file.is_open()) return;
    const ssize_t got = ::pread(file.get(), buffer_, sizeof buffer_, 0);
    size_ = got < 0 ? 0 : static_cast<std::size_t>(got);
  }
  [[nodiscard]] std::string_view text() const { return {buffer_, size_}; }

 private:
  char buffer_[2048];
  std::size_t size_ = 0;
};

std::optional<std::uint64_t> read_number(const base::UniqueFd& file) {
  return parse_number(CounterText{file}.text());
}

// The value of `key` in lines of the form `key value`.
std::optional<std::uint64_t> find_keyed(std::string_view rest, std::string_view key) {
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
  JUDGE_TRY(const std::string text, base::read_file(path, 64));
  const std::optional<std::uint64_t> got = parse_number(text);
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

// Names must differ within this process, whoever makes groups. One may be taken all the same: by
// a killed process that had our number, or by a living one that has it in another pid namespace.
std::string unused_name(const Bases& bases) {
  static std::atomic<unsigned> counter{0};
  constexpr int kTries = 10'000;
  std::string name;
  for (int i = 0; i < kTries; ++i) {
    name = "judge-" + std::to_string(::getpid()) + "-" + std::to_string(counter.fetch_add(1));
    const auto is_taken = [&](const Base& base) {
      return base.version != Version::none && exists(base.folder + "/" + name);
    };
    if (!is_taken(bases.memory) && !is_taken(bases.processes) && !is_taken(bases.cpu)) break;
  }
  return name;
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
  const std::string name = unused_name(bases);
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
  group.limits_ = limits;
  JUDGE_TRY_VOID(group.open_counters());
  return group;
}

Group::Group(Group&& other) noexcept { *this = std::move(other); }

Group& Group::operator=(Group&& other) noexcept {
  std::swap(memory_, other.memory_);
  std::swap(processes_, other.processes_);
  std::swap(cpu_, other.cpu_);
  std::swap(highest_memory_, other.highest_memory_);
  std::swap(limits_, other.limits_);
  std::swap(cpu_user_, other.cpu_user_);
  std::swap(cpu_system_, other.cpu_system_);
  std::swap(processes_now_, other.processes_now_);
  std::swap(peak_, other.peak_);
  std::swap(usage_, other.usage_);
  std::swap(oom_, other.oom_);
  std::swap(cpu_before_, other.cpu_before_);
  std::swap(oom_kills_before_, other.oom_kills_before_);
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

base::Status Group::open_counters() {
  const auto open = [](base::UniqueFd& fd, const std::string& path, int flags) -> base::Status {
    fd.reset(::open(path.c_str(), flags | O_CLOEXEC));
    return fd.is_open() ? base::Status{} : base::system_failure(base::quoted(path), errno);
  };
  if (cpu_.version == Version::v2) {
    JUDGE_TRY_VOID(open(cpu_user_, cpu_.folder + "/cpu.stat", O_RDONLY));
  } else if (cpu_.version == Version::v1) {
    JUDGE_TRY_VOID(open(cpu_user_, cpu_.folder + "/cpuacct.usage_user", O_RDONLY));
    JUDGE_TRY_VOID(open(cpu_system_, cpu_.folder + "/cpuacct.usage_sys", O_RDONLY));
  }
  if (processes_.version != Version::none) {
    JUDGE_TRY_VOID(open(processes_now_, processes_.folder + "/pids.current", O_RDONLY));
  }
  if (memory_.version == Version::v2) {
    // Absent before Linux 5.19; cannot be written to before 6.12.
    if (!open(peak_, memory_.folder + "/memory.peak", O_RDWR)) {
      (void)open(peak_, memory_.folder + "/memory.peak", O_RDONLY);
    }
    JUDGE_TRY_VOID(open(usage_, memory_.folder + "/memory.current", O_RDONLY));
    JUDGE_TRY_VOID(open(oom_, memory_.folder + "/memory.events", O_RDONLY));
  } else if (memory_.version == Version::v1) {
    JUDGE_TRY_VOID(open(peak_, memory_.folder + "/memory.max_usage_in_bytes", O_RDWR));
    JUDGE_TRY_VOID(open(usage_, memory_.folder + "/memory.usage_in_bytes", O_RDONLY));
    JUDGE_TRY_VOID(open(oom_, memory_.folder + "/memory.oom_control", O_RDONLY));
  }
  return {};
}

// What an earlier run has read from disk stays counted until somebody needs the room; a later run's
// peak must not begin with it.
void Group::drop_caches() const {
  constexpr std::uint64_t kNotWorthIt = std::uint64_t{4} << 20U;
  if (read_number(usage_).value_or(0) < kNotWorthIt) return;
  if (memory_.version == Version::v1) {
    (void)base::write_file(memory_.folder + "/memory.force_empty", "0");
  } else {
    (void)base::write_file(memory_.folder + "/memory.reclaim", "1G");
  }
}

bool Group::is_reusable() const {
  return memory_.version != Version::v2 ||
         (peak_.is_open() && (::fcntl(peak_.get(), F_GETFL) & O_ACCMODE) == O_RDWR);
}

bool Group::begin(const GroupLimits& limits) {
  if (!is_reusable()) return false;
  if (memory_.version != Version::none) {
    drop_caches();
    if (limits.memory != limits_.memory &&
        !limit_memory(memory_.version, memory_.folder, limits.memory)) {
      return false;
    }
    if (::pwrite(peak_.get(), "0", 1, 0) != 1) return false;
  }
  if (processes_.version != Version::none && limits.processes != limits_.processes &&
      !write_limit(processes_.folder + "/pids.max", static_cast<std::uint64_t>(limits.processes))) {
    return false;
  }
  limits_ = limits;
  highest_memory_ = {};
  cpu_before_ = total_cpu().value_or(CpuTime{});
  oom_kills_before_ = total_oom_kills();
  return true;
}

std::optional<CpuTime> Group::total_cpu() const {
  if (cpu_.version == Version::none) return std::nullopt;
  if (cpu_.version == Version::v2) {
    const CounterText counters{cpu_user_};
    const auto user = find_keyed(counters.text(), "user_usec");
    const auto system = find_keyed(counters.text(), "system_usec");
    if (!user || !system) return std::nullopt;
    return CpuTime{microseconds{*user}, microseconds{*system}};
  }
  const auto user = read_number(cpu_user_);
  const auto system = read_number(cpu_system_);
  if (!user || !system) return std::nullopt;
  return CpuTime{microseconds{*user / 1000}, microseconds{*system / 1000}};
}

std::optional<CpuTime> Group::cpu() const {
  const std::optional<CpuTime> total = total_cpu();
  if (!total) return std::nullopt;
  return CpuTime{total->user - cpu_before_.user, total->system - cpu_before_.system};
}

std::optional<base::Bytes> Group::peak_memory() const {
  if (memory_.version == Version::none) return std::nullopt;
  const auto peak = read_number(peak_);
  return peak ? base::Bytes{*peak} : highest_memory_;
}

std::optional<int> Group::processes() const {
  if (processes_.version == Version::none) return std::nullopt;
  const auto now = read_number(processes_now_);
  return now ? std::optional{static_cast<int>(*now)} : std::nullopt;
}

void Group::note_memory() {
  if (memory_.version != Version::v2 || peak_.is_open()) return;
  highest_memory_ = std::max(highest_memory_, base::Bytes{read_number(usage_).value_or(0)});
}

std::uint64_t Group::total_oom_kills() const {
  if (memory_.version == Version::none) return 0;
  return find_keyed(CounterText{oom_}.text(), "oom_kill").value_or(0);
}

std::uint64_t Group::oom_kills() const { return total_oom_kills() - oom_kills_before_; }

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
