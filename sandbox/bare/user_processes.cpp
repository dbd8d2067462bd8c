#include "sandbox/bare/user_processes.hpp"

#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <ctime>
#include <memory>
#include <mutex>
#include <string>

#include "sandbox/base/io.hpp"

namespace sandbox {
namespace {

using Folder = std::unique_ptr<DIR, int (*)(DIR*)>;

// Threads of all processes of a user. Reading it all takes milliseconds on a busy host.
std::uint64_t count_tasks(uid_t user) {
  const Folder processes{::opendir("/proc"), &::closedir};
  std::uint64_t count = 0;
  const std::string own = "\t" + std::to_string(user) + "\t";
  // NOLINTNEXTLINE(concurrency-mt-unsafe): this stream is ours alone, readdir(3) is safe then
  while (const dirent* entry = processes == nullptr ? nullptr : ::readdir(processes.get())) {
    const std::string name = static_cast<const char*>(entry->d_name);
    if (name.empty() || name.front() < '0' || name.front() > '9') continue;
    const auto status = base::read_file("/proc/" + name + "/status", 16384);
    if (!status) continue;
    const std::size_t uid = status->find("\nUid:");
    if (uid == std::string::npos || status->compare(uid + 5, own.size(), own) != 0) continue;
    const std::size_t threads = status->find("\nThreads:\t");
    std::uint64_t number = 1;
    if (threads != std::string::npos) {
      const char* start = status->data() + threads + 10;
      (void)std::from_chars(start, status->data() + status->size(), number);
    }
    count += number;
  }
  return count;
}

}  // namespace

base::Status check_processes_visible() {
  // With /proc mounted so that it hides processes of others, the undumpable ones of our own are
  // hidden too, and what is below them cannot be found.
  if (base::read_file("/proc/1/stat", 4096)) return {};
  return base::system_failure("sandbox: /proc: other processes are hidden here", EACCES);
}

bool has_processes(uid_t user) { return count_tasks(user) > 0; }

std::uint64_t process_backstop(int processes) {
  constexpr std::uint64_t kReserve = 512;
  constexpr std::time_t kFresh = 1;  // seconds
  static std::mutex mutex;
  static std::time_t counted_at = 0;
  static std::uint64_t counted = 0;
  const std::lock_guard lock{mutex};
  const std::time_t now = std::time(nullptr);
  if (now - counted_at > kFresh || now < counted_at) {
    counted = count_tasks(::getuid());
    counted_at = now;
  }
  return counted + static_cast<std::uint64_t>(std::max(0, processes)) + kReserve;
}

}  // namespace sandbox
