// The second wall: should the mounts ever show more than they should, Landlock still lets the
// program write only below /tmp and /dev, reach no socket of anybody else and signal nobody else.
// landlock(7). Constants beyond the oldest headers we build with are written out here.
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdint>

#include "sandbox/launcher/run.hpp"
#include "sandbox/launcher/system_call.hpp"

namespace sandbox::launcher {
namespace {

struct Ruleset {
  std::uint64_t files;
  std::uint64_t network;
  std::uint64_t scoped;
};

constexpr std::uint64_t kRefer = 1U << 13U;              // since version 2
constexpr std::uint64_t kTruncate = 1U << 14U;           // 3
constexpr std::uint64_t kIoctlDevice = 1U << 15U;        // 5
constexpr std::uint64_t kBindAndConnectTcp = 3;          // 4
constexpr std::uint64_t kAbstractSocketsAndSignals = 3;  // 6

constexpr std::uint64_t kRead =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kFirst = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;  // all of version 1
constexpr std::uint64_t kDevices = LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK;

std::uint64_t all_rights(unsigned version) {
  std::uint64_t rights = kFirst;
  if (version >= 2) rights |= kRefer;
  if (version >= 3) rights |= kTruncate;
  if (version >= 5) rights |= kIoctlDevice;
  return rights;
}

void allow(const Run& run, int ruleset, const char* path, std::uint64_t rights) {
  const long folder = call(SYS_openat, AT_FDCWD, path, O_PATH | O_CLOEXEC);
  if (folder < 0) fail_run(run, SetupStep::make_ruleset, folder);
  const landlock_path_beneath_attr rule{rights, static_cast<std::int32_t>(folder)};
  const long added = call(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  if (added < 0) fail_run(run, SetupStep::make_ruleset, added);
  close_fd(static_cast<int>(folder));
}

// As the order says. A file can be given no rights that only folders have.
void allow_reach(const Run& run, int ruleset, const wire::Reach& reach, std::uint64_t all) {
  const std::uint64_t of_files = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE |
                                 LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate | kIoctlDevice;
  const char* path = run.block.text(reach.path);
  struct stat about {};
  if (::stat(path, &about) < 0) fail_run(run, SetupStep::make_ruleset, -EIO);
  const bool is_folder = S_ISDIR(about.st_mode);
  std::uint64_t rights = kRead;
  if (reach.access == wire::Reach::Access::everything) rights = all & ~kDevices;
  if (reach.access == wire::Reach::Access::device) {
    rights = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | (all & kTruncate);
  }
  allow(run, ruleset, path, is_folder ? rights : rights & of_files);
}

}  // namespace

int make_ruleset(const Run& run) {
  const unsigned version = run.slot->landlock;
  if (version == 0) return -1;
  const std::uint64_t all = all_rights(version);
  const Ruleset attributes{all, version >= 4 ? kBindAndConnectTcp : 0,
                           version >= 6 ? kAbstractSocketsAndSignals : 0};
  std::size_t size = sizeof attributes.files;
  if (version >= 4) size += sizeof attributes.network;
  if (version >= 6) size += sizeof attributes.scoped;
  const long made = call(SYS_landlock_create_ruleset, &attributes, size, 0);
  if (made < 0) fail_run(run, SetupStep::make_ruleset, made);
  const auto ruleset = static_cast<int>(made);
  if (run.slot->is_bare()) {
    for (const wire::Reach& reach : run.reach) allow_reach(run, ruleset, reach, all);
    return ruleset;
  }
  const std::uint64_t change = LANDLOCK_ACCESS_FS_WRITE_FILE | (all & kTruncate);
  allow(run, ruleset, "/", kRead);
  allow(run, ruleset, "/tmp", all & ~kDevices);
  allow(run, ruleset, "/dev", all & ~kDevices);  // with /dev/shm; all else there is read-only
  // Names of own threads and the like.
  if (run.slot->proc_options != nullptr) allow(run, ruleset, "/proc", kRead | change);
  return ruleset;
}

// Runtimes read there how much memory they use.
long allow_own_facts(const Run& run) {
  long result = 0;
  for (const char* path : {"/proc/self/stat", "/proc/self/statm", "/proc/self/status"}) {
    const long file = result < 0 ? result : call(SYS_openat, AT_FDCWD, path, O_PATH | O_CLOEXEC);
    if (file < 0) return file;
    const landlock_path_beneath_attr rule{LANDLOCK_ACCESS_FS_READ_FILE,
                                          static_cast<std::int32_t>(file)};
    result = call(SYS_landlock_add_rule, run.ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close_fd(static_cast<int>(file));
  }
  return result;
}

}  // namespace sandbox::launcher
