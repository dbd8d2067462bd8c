// A bare slot: a process of the host like any other, with a folder for the files of its runs.
#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "sandbox/launcher/bare/bare.hpp"
#include "sandbox/launcher/bare/remove_tree.hpp"
#include "sandbox/launcher/system_call.hpp"

namespace sandbox::launcher {
namespace {

long check(const SlotParts& parts, SetupStep step, long result) {
  if (result < 0) fail_slot(parts.socket, step, result);
  return result;
}

// In a place that others may write to: new, or not at all. As root the program's group may pass
// through it and no more. The lock tells whoever sweeps stale folders that this one is in use; it
// ends with the last process that has it open.
int make_folder(const SlotParts& parts, const char* path) {
  const auto step = SetupStep::make_slot_folder;
  const wire::Identity& identity = parts.order->identity;
  check(parts, step, call(SYS_mkdirat, AT_FDCWD, path, 0700));
  const auto folder = static_cast<int>(
      check(parts, step,
            call(SYS_openat, AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)));
  check(parts, step, call(SYS_flock, folder, LOCK_EX | LOCK_NB));
  if (identity.range != 0) {
    check(parts, step, call(SYS_fchown, folder, -1, identity.payload));
    check(parts, step, call(SYS_fchmod, folder, 0710));
  }
  return folder;
}

// Nobody starts with more than slot and init need: to kill the programs' processes, to make their
// files theirs and to remove them, to become their user.
void keep_needed_capabilities(const SlotParts& parts) {
  const auto step = SetupStep::bound_capabilities;
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct sets[2] = {};
  check(parts, step, call(SYS_capget, &header, sets));
  constexpr std::uint32_t kNeeded = (1U << CAP_KILL) | (1U << CAP_DAC_OVERRIDE) |
                                    (1U << CAP_DAC_READ_SEARCH) | (1U << CAP_CHOWN) |
                                    (1U << CAP_FOWNER) | (1U << CAP_SETUID) | (1U << CAP_SETGID);
  const std::uint32_t kept = sets[0].permitted & kNeeded;
  const __user_cap_data_struct wanted[2] = {{kept, kept, 0}, {0, 0, 0}};
  check(parts, step, call(SYS_capset, &header, wanted));
}

}  // namespace

void become_bare_slot(const SlotParts& parts, Slot& slot) {
  slot.launcher = static_cast<int>(
      check(parts, SetupStep::die_with_parent, call(SYS_pidfd_open, parts.launcher, 0)));
  // Nobody is left who could be told, and nothing has been made.
  if (call(SYS_getppid) != parts.launcher) end_process(127);
  slot.pid = static_cast<pid_t>(check(parts, SetupStep::new_session, call(SYS_getpid)));
  const wire::Identity& identity = parts.order->identity;
  if (identity.range != 0) {
    check(parts, SetupStep::become_slot_user, call(SYS_setgroups, 0, nullptr));
    slot.reaper.user = identity.payload;
  }
  check(parts, SetupStep::die_with_parent, become_reaper());
  (void)call(SYS_umask, 0);
  slot.folder_path = parts.block.text(parts.order->folder);
  slot.folder = make_folder(parts, slot.folder_path);
  slot.reaper.scoped = enter_signal_scope(parts.order->landlock);
  // An ordinary user has nothing that could be bounded.
  if (identity.range != 0) bound_capabilities(parts);
  keep_needed_capabilities(parts);
}

void wait_for_command(const Slot& slot) {
  for (;;) {
    pollfd fds[] = {{slot.socket, POLLIN, 0}, {slot.launcher, POLLIN, 0}};
    const long ready = call(SYS_poll, fds, 2, -1);
    if (ready == -EINTR) continue;
    if (ready < 0 || fds[1].revents != 0) end_bare_slot(slot);
    if (fds[0].revents != 0) return;
  }
}

void end_bare_run(const Slot& slot, Use& use) {
  if (!end_all_below(slot.reaper, use)) end_bare_slot(slot);
  (void)empty_folder(slot.folder);
}

void end_bare_slot(const Slot& slot) {
  Use use;
  (void)end_all_below(slot.reaper, use);
  (void)empty_folder(slot.folder);
  (void)call(SYS_unlinkat, AT_FDCWD, slot.folder_path, AT_REMOVEDIR);
  end_process(0);
}

}  // namespace sandbox::launcher
