#include "sandbox/launcher/bare/tree.hpp"

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "sandbox/launcher/kill_all.hpp"

namespace sandbox::launcher {
namespace {

// Bounds one stroke; what it misses is found by the next one.
constexpr std::size_t kMostFound = 8192;
// As deep as a tree may grow while it is being stopped.
constexpr int kMostRounds = 64;

struct Found {
  pid_t pid;
  pid_t parent;
};

// Static, as the stacks are small. Whoever shares the memory is never at it at the same time: the
// slot begins when init has ended.
std::array<Found, kMostFound> found;
std::size_t found_count = 0;
alignas(8) std::array<char, std::size_t{64} * 1024> text;

// Up to a zero byte at the end; empty when it cannot be read.
const char* read_text(const char* path) {
  text[0] = '\0';
  const long fd = call(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return text.data();
  std::size_t size = 0;
  while (size < text.size() - 1) {
    const long got = call(SYS_read, fd, text.data() + size, text.size() - 1 - size);
    if (got <= 0) break;
    size += static_cast<std::size_t>(got);
  }
  text[size] = '\0';
  close_fd(static_cast<int>(fd));
  return text.data();
}

void note(pid_t pid, pid_t parent) {
  const auto end = found.begin() + found_count;
  const bool known =
      std::any_of(found.begin(), end, [&](const Found& one) { return one.pid == pid; });
  if (!known && found_count < kMostFound) found[found_count++] = Found{pid, parent};
}

void note_children(pid_t parent, const char* thread, std::span<const pid_t> spared) {
  char path[96];
  (void)std::snprintf(path, sizeof path, "/proc/%d/task/%s/children", parent, thread);
  char* end = nullptr;
  for (const char* at = read_text(path); *at != '\0'; at = end) {
    const long pid = std::strtol(at, &end, 10);
    if (end == at || pid <= 1) break;
    while (*end == ' ') ++end;
    if (std::find(spared.begin(), spared.end(), pid) == spared.end()) {
      note(static_cast<pid_t>(pid), parent);
    }
  }
}

// A child appears in the list of the thread that made it, task/<tid>/children in proc(5).
void note_children_of_all_threads(pid_t parent, std::span<const pid_t> spared = {}) {
  char path[64];
  (void)std::snprintf(path, sizeof path, "/proc/%d/task", parent);
  const long folder = call(SYS_openat, AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  alignas(8) char batch[2048] = {};
  long size = 0;
  while ((size = call(SYS_getdents64, folder, batch, sizeof batch)) > 0) {
    for (long at = 0; at < size;) {
      const char* entry = batch + at;
      std::uint16_t length = 0;
      std::memcpy(&length, entry + 16, sizeof length);
      at += length;
      const char* name = entry + 19;
      if (name[0] != '.') note_children(parent, name, spared);
    }
  }
  close_fd(static_cast<int>(folder));
}

// Of field 4 in proc(5)'s stat, behind the name in parentheses, which may contain anything.
pid_t parent_of(pid_t pid) {
  char path[64];
  (void)std::snprintf(path, sizeof path, "/proc/%d/stat", pid);
  const char* close = std::strrchr(read_text(path), ')');
  return close == nullptr || std::strlen(close) < 5
             ? 0
             : static_cast<pid_t>(std::strtol(close + 4, nullptr, 10));
}

// The number may have gone to somebody else since it was read: who has it is held first, and must
// be that parent's child, or ours as its orphan.
void signal_found(const Found& one, pid_t self, int signal) {
  const long held = call(SYS_pidfd_open, one.pid, 0);
  if (held < 0) return;
  const pid_t parent = parent_of(one.pid);
  if (parent == one.parent || parent == self) {
    (void)call(SYS_pidfd_send_signal, held, signal, nullptr, 0);
  }
  close_fd(static_cast<int>(held));
}

// First all is stopped, in rounds until none is found that is new: what is stopped makes no more.
// Killed one after the other, others would fork into the room that the dead leave.
void walk_and_kill(std::span<const pid_t> spared) {
  const auto self = static_cast<pid_t>(call(SYS_getpid));
  found_count = 0;
  std::size_t stopped = 0;
  for (int round = 0; round < kMostRounds; ++round) {
    note_children_of_all_threads(self, spared);
    for (std::size_t i = 0; i < found_count; ++i) {
      if (i >= stopped) signal_found(found[i], self, SIGSTOP);
      note_children_of_all_threads(found[i].pid);
    }
    if (stopped == found_count) break;
    stopped = found_count;
  }
  for (std::size_t i = 0; i < found_count; ++i) signal_found(found[i], self, SIGKILL);
}

// Becomes the user for good.
bool become_user(std::uint32_t user) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[2] = {};
  return call(SYS_setresuid, user, user, user) == 0 && call(SYS_capset, &header, none) == 0;
}

// By a child of ours that becomes the user. Others of that id may stop it before it has struck.
void kill_user(std::uint32_t user) {
  const long pid = call(SYS_clone, SIGCHLD, 0, 0, 0, 0);
  if (pid == 0) {
    if (become_user(user)) (void)kill_all({Bound::Kind::user, user});
    end_process(0);
  }
  if (pid < 0) return;
  int status = 0;
  long waited = -EINTR;
  while (waited == -EINTR) waited = call(SYS_wait4, pid, &status, __WALL | WUNTRACED, nullptr);
  if (waited != pid || !WIFSTOPPED(status)) return;
  (void)call(SYS_kill, pid, SIGKILL);  // not waited for yet: nobody else's
  (void)call(SYS_wait4, pid, nullptr, __WALL, nullptr);
}

}  // namespace

long become_reaper() {
  const long reaper = call(SYS_prctl, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  return reaper < 0 ? reaper : call(SYS_prctl, PR_SET_DUMPABLE, 0, 0, 0, 0);
}

pid_t enter_signal_scope(unsigned landlock) {
  constexpr unsigned kFirstWithScopes = 6;
  struct {
    std::uint64_t files = 0;
    std::uint64_t network = 0;
    std::uint64_t scoped = 2;  // LANDLOCK_SCOPE_SIGNAL
  } const attributes;
  if (landlock < kFirstWithScopes) return 0;
  const long parent = call(SYS_getppid);
  if (parent <= 0 || call(SYS_kill, parent, 0) != 0) return 0;
  if (call(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return 0;
  const long ruleset = call(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
  if (ruleset < 0) return 0;
  const long entered = call(SYS_landlock_restrict_self, ruleset, 0);
  close_fd(static_cast<int>(ruleset));
  if (entered != 0 || call(SYS_kill, parent, 0) != -EPERM) return 0;
  return static_cast<pid_t>(call(SYS_getpid));
}

void strike_below(const Reaper& reaper, std::span<const pid_t> spared) {
  const auto scoped = static_cast<std::uint32_t>(reaper.scoped);
  if (spared.empty() && kill_all({Bound::Kind::signal_scope, scoped})) return;
  if (reaper.user != 0) kill_user(reaper.user);
  walk_and_kill(spared);
}

bool has_children_besides(std::span<const pid_t> known) {
  found_count = 0;
  note_children_of_all_threads(static_cast<pid_t>(call(SYS_getpid)), known);
  return found_count > 0;
}

bool end_all_below(const Reaper& reaper, Use& use) {
  constexpr int kMostIdle = 2000;  // of a millisecond each
  for (int idle = 0; idle < kMostIdle; ++idle) {
    long reaped = 1;
    while (reaped > 0) {
      reaped = use.reap(WNOHANG, nullptr);
      if (reaped > 0) idle = 0;
    }
    if (reaped == -ECHILD) return true;
    strike_below(reaper);
    if (reaped < 0 && reaped != -EINTR) return false;  // nobody could say when it is over
    (void)call(SYS_poll, nullptr, 0, 1);
  }
  return false;
}

}  // namespace sandbox::launcher
