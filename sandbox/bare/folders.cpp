#include "sandbox/bare/folders.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string_view>

#include "sandbox/base/unique_fd.hpp"
#include "sandbox/launcher/bare/remove_tree.hpp"

namespace sandbox {
namespace {

using Folder = std::unique_ptr<DIR, int (*)(DIR*)>;

// Others leave folders called judge-something in /tmp too: only a name like ours is ours.
constexpr std::string_view kPrefix = "judge-slot-";

std::uint64_t random_number() {
  std::uint64_t number = 0;
  (void)::getrandom(&number, sizeof number, 0);
  return number;
}

bool is_usable(const std::string& folder) {
  struct statvfs about {};
  return folder.size() > 1 && folder.front() == '/' && folder.size() < 300 &&
         ::access(folder.c_str(), W_OK | X_OK) == 0 && ::statvfs(folder.c_str(), &about) == 0 &&
         (about.f_flag & ST_NOEXEC) == 0;
}

bool is_slot_folder(std::string_view name) {
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); };
  if (!name.starts_with(kPrefix) || name.size() == kPrefix.size()) return false;
  return std::all_of(name.begin() + kPrefix.size(), name.end(), is_digit);
}

// Ours, and used by nobody: a slot holds a lock on its folder as long as it lives. (A pid would not
// do: callers in other pid namespaces share /tmp.) Between making and locking it passes no minute.
bool is_stale(int folder) {
  constexpr std::time_t kSeconds = 60;
  struct stat about {};
  return ::fstat(folder, &about) == 0 && about.st_uid == ::geteuid() &&
         std::time(nullptr) - about.st_mtime > kSeconds && ::flock(folder, LOCK_EX | LOCK_NB) == 0;
}

}  // namespace

std::vector<std::string> bare_folders() {
  std::vector<std::string> all;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  const char* chosen = std::getenv("TMPDIR");
  for (std::string folder : {std::string{chosen != nullptr ? chosen : ""}, std::string{"/tmp"},
                             std::string{"/var/tmp"}, std::string{"/dev/shm"}}) {
    while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
    if (is_usable(folder) && std::find(all.begin(), all.end(), folder) == all.end()) {
      all.push_back(std::move(folder));
    }
  }
  return all;
}

std::string bare_slot_folder(const std::string& base) {
  std::array<char, 20> random{};
  const auto end = std::to_chars(random.data(), random.data() + random.size(), random_number(), 36);
  return base + "/" + std::string{kPrefix} + std::string{random.data(), end.ptr};
}

void sweep_stale_folders(const std::string& base) {
  const Folder entries{::opendir(base.c_str()), &::closedir};
  if (entries == nullptr) return;
  const int within = ::dirfd(entries.get());
  // NOLINTNEXTLINE(concurrency-mt-unsafe): this stream is ours alone, readdir(3) is safe then
  while (const dirent* entry = ::readdir(entries.get())) {
    const char* name = static_cast<const char*>(entry->d_name);
    if (!is_slot_folder(name)) continue;
    const base::UniqueFd folder{
        ::openat(within, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)};
    if (!folder.is_open() || !is_stale(folder.get())) continue;
    if (launcher::empty_folder(folder.get())) (void)::unlinkat(within, name, AT_REMOVEDIR);
  }
}

}  // namespace sandbox
