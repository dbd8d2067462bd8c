// The launcher of bare slots knows who they are: it buries those that were killed, with all that
// fell to it then, and at its own end it ends everything.
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "sandbox/launcher/bare/bare.hpp"
#include "sandbox/launcher/bare/remove_tree.hpp"
#include "sandbox/launcher/system_call.hpp"

namespace sandbox::launcher {
namespace {

constexpr std::size_t kMostSlots = 256;
constexpr std::size_t kLongestPath = 512;

struct Known {
  pid_t pid;
  int pidfd;
  std::uint32_t user;  // of its programs; 0: the launcher's own
  char folder[kLongestPath];
};

bool is_bare = false;
pid_t scoped = 0;
std::array<Known, kMostSlots> slots;
std::size_t slot_count = 0;

void remove_folder(const char* path) {
  const long folder =
      call(SYS_openat, AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0) return;  // the slot has done it
  (void)empty_folder(static_cast<int>(folder));
  close_fd(static_cast<int>(folder));
  (void)call(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR);
}

// A slot that has ended by itself has left nothing. What one that was killed has left is ours now,
// and struck again and again until only slots are below us.
void bury(std::size_t index) {
  const Known dead = slots[index];
  slots[index] = slots[--slot_count];
  close_fd(dead.pidfd);
  if (call(SYS_faccessat, AT_FDCWD, dead.folder, F_OK) != 0) return;
  std::array<pid_t, kMostSlots> alive{};
  for (std::size_t i = 0; i < slot_count; ++i) alive[i] = slots[i].pid;
  // Bounded, so that one undying process does not stop the others' work: 2 seconds.
  for (int i = 0; i < 200 && has_children_besides({alive.data(), slot_count}); ++i) {
    strike_below({scoped, dead.user}, {alive.data(), slot_count});
    (void)call(SYS_poll, nullptr, 0, i == 0 ? 0 : 10);
  }
  remove_folder(dead.folder);
}

}  // namespace

long clone_bare_slot(unsigned landlock, int unified_group, int& pidfd) {
  if (!is_bare) {
    is_bare = true;
    (void)become_reaper();
    scoped = enter_signal_scope(landlock);
  }
  // clone3 may be closed where namespaces are (container engines do that, as a filter cannot see
  // its flags), and only the group needs it.
  if (unified_group < 0) return call(SYS_clone, CLONE_PIDFD | SIGCHLD, 0, &pidfd, 0, 0);
  clone_args arguments{};
  arguments.flags = CLONE_PIDFD | CLONE_INTO_CGROUP;
  arguments.pidfd = reinterpret_cast<std::uintptr_t>(&pidfd);
  arguments.exit_signal = SIGCHLD;
  arguments.cgroup = static_cast<unsigned long long>(unified_group);
  return call(SYS_clone3, &arguments, sizeof arguments);
}

bool note_bare_slot(pid_t pid, int pidfd, const wire::SlotOrder& order, const char* folder) {
  if (slot_count == kMostSlots || order.folder.size >= kLongestPath) return false;
  const long held = call(SYS_fcntl, pidfd, F_DUPFD_CLOEXEC, 0);
  if (held < 0) return false;
  Known& known = slots[slot_count++];
  known = Known{
      pid, static_cast<int>(held), order.identity.range != 0 ? order.identity.payload : 0, {}};
  std::memcpy(known.folder, folder, order.folder.size);
  return true;
}

void wait_for_order(int control) {
  for (;;) {
    std::array<pollfd, kMostSlots + 1> fds{};
    fds[0] = pollfd{control, POLLIN, 0};
    for (std::size_t i = 0; i < slot_count; ++i) fds[i + 1] = pollfd{slots[i].pidfd, POLLIN, 0};
    const long ready = call(SYS_poll, fds.data(), slot_count + 1, -1);
    if (ready == -EINTR) continue;
    if (ready < 0) return;
    // From the last to the first: a burial moves the last one into the gap.
    for (std::size_t i = slot_count; i > 0; --i) {
      if (fds[i].revents != 0) bury(i - 1);
    }
    if (fds[0].revents != 0) return;
  }
}

void end_bare_slots() {
  if (!is_bare) return;
  Use use;
  (void)end_all_below({scoped, 0}, use);
  for (std::size_t i = 0; i < slot_count; ++i) remove_folder(slots[i].folder);
}

}  // namespace sandbox::launcher
