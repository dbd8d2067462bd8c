#include "sandbox/launcher/slot.hpp"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <poll.h>
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "sandbox/launcher/bare/bare.hpp"
#include "sandbox/launcher/run.hpp"
#include "sandbox/launcher/system_call.hpp"

namespace sandbox::launcher {
namespace {

void check(const SlotParts& parts, SetupStep step, long result) {
  if (result < 0) fail_slot(parts.socket, step, result);
}

void close_unneeded(const SlotParts& parts) {
  std::array<int, 2 * wire::kMostDescriptors> kept{};
  std::size_t count = 0;
  const auto keep = [&](int fd) { kept[count++] = fd; };
  for (const int fd : {parts.go, parts.socket, parts.region}) keep(fd);
  for (const int fd : parts.groups) keep(fd);
  for (const int fd : parts.trees) keep(fd);
  close_all_but(std::span{kept.data(), count});
}

// Before anything else, so that all that follows is counted. By the slot itself: moving it from
// outside would stop every fork on the machine for 4 to 15 ms.
void enter_groups(const SlotParts& parts) {
  for (const int tasks : parts.groups) {
    check(parts, SetupStep::enter_group, call(SYS_write, tasks, "0", 1));
  }
}

// Nothing more may be done before the ids are mapped.
void wait_for_launcher(const SlotParts& parts) {
  char byte = 0;
  if (call(SYS_read, parts.go, &byte, 1) != 1) end_process(127);  // nobody to tell
}

// The kernel, short of memory, should take what runs here before anything outside. Best effort.
void prefer_for_killing() {
  const long fd = call(SYS_openat, AT_FDCWD, "/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (fd < 0) return;
  (void)call(SYS_write, fd, "1000", 4);
  close_fd(static_cast<int>(fd));
}

void become_slot_user(const SlotParts& parts) {
  const wire::Identity& identity = parts.order->identity;
  if (identity.range == 0) return;  // the one mapped id is ours already
  const auto id = identity.slot;
  const auto step = SetupStep::become_slot_user;
  check(parts, step, call(SYS_setresgid, id, id, id));
  check(parts, step, call(SYS_setgroups, 0, nullptr));
  check(parts, step, call(SYS_setresuid, id, id, id));
}

// After the last change of ids, which would clear it. (A launcher that has died just before leaves
// a slot that ends when its caller hangs up.)
void die_with_parent(const SlotParts& parts) {
  const auto step = SetupStep::die_with_parent;
  check(parts, step, call(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL));
  check(parts, step, call(SYS_prctl, PR_SET_DUMPABLE, 0));
}

void enter_walls(const SlotParts& parts) {
  become_slot_user(parts);
  die_with_parent(parts);
  // Hides the names of the groups; where it is missing nothing else depends on it.
  (void)call(SYS_unshare, CLONE_NEWCGROUP);
  check(parts, SetupStep::set_host_name, call(SYS_sethostname, "sandbox", 7));
  build_root(parts);
  bound_capabilities(parts);
}

bool map_region(Slot& slot, int fd, std::size_t size) {
  const long mapped = call(SYS_mmap, nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (mapped < 0 && mapped > -4096) return false;
  slot.region = reinterpret_cast<char*>(mapped);
  slot.region_size = size;
  return true;
}

void obey(const Slot& slot, pid_t init) {
  wire::Command command{};
  static Received received;
  receive_message(slot.socket, &command, sizeof command, received, MSG_DONTWAIT);
  if (received.size != sizeof command) return;  // it was for init, which was faster
  close_attached(received);
  const bool stop = command.kind == wire::Command::Kind::stop;
  (void)call(SYS_kill, init, stop ? kStopSignal : SIGKILL);  // not waited for yet: nobody else's
}

// The caller is gone. Where we are pid 1, everything goes with us.
[[noreturn]] void end_slot(const Slot& slot) {
  if (slot.is_bare()) end_bare_slot(slot);
  end_process(0);
}

// Waits until init has ended; meanwhile does what the caller commands. Once init has said that the
// run is over, the next command is for init, or for the next init.
void watch_run(const Slot& slot, const Run& run, int init, pid_t pid) {
  for (;;) {
    const volatile bool& over = run.reported_over;
    pollfd fds[] = {{init, POLLIN, 0},
                    {slot.socket, static_cast<short>(over ? 0 : POLLIN), 0},
                    {slot.wake, POLLIN, 0},
                    {slot.launcher, POLLIN, 0}};
    const long ready = call(SYS_ppoll, fds, 4, nullptr, nullptr, 0);
    if (ready == -EINTR) continue;
    // The caller or the launcher is gone, or cannot be heard.
    if (ready < 0 || (fds[1].revents & POLLHUP) != 0 || fds[3].revents != 0) end_slot(slot);
    if (fds[0].revents != 0) return;
    std::uint64_t ignored = 0;
    if (fds[2].revents != 0) (void)call(SYS_read, slot.wake, &ignored, sizeof ignored);
    if (fds[1].revents != 0 && !over) obey(slot, pid);
  }
}

void bury(const Run& run, long init) {
  Use use;
  (void)use.reap(0, nullptr, static_cast<pid_t>(init));
  // Killed in the middle of its report: the caller has it or not, and a second one would be taken
  // for the next run's. Our end tells the caller, whichever it is.
  if (run.reported_over && !run.report_sent) end_slot(*run.slot);
  if (run.slot->is_bare()) end_bare_run(*run.slot, use);
  if (!run.reported_over) report_over(run, 0, 0, use.total());
}

void fail_run(const Slot& slot, SetupStep step, long code) {
  send_failure(slot.socket, step, code);
  wire::Notice over{};
  over.kind = wire::Notice::Kind::over;
  send_notice(slot.socket, over);
}

void run_once(Slot& slot, const wire::Command& command, const Received& received) {
  Run run{};
  if (const auto wrong = prepare_run(slot, command.size, received, run)) {
    close_attached(received);
    return fail_run(slot, *wrong, -EINVAL);
  }
  int init = -1;
  const long pid = clone_init(run, init);
  close_attached(received);
  if (pid < 0) return fail_run(slot, SetupStep::clone_init, pid);
  watch_run(slot, run, init, static_cast<pid_t>(pid));
  close_fd(init);
  run.socket = slot.socket;
  bury(run, pid);
}

[[noreturn]] void serve(Slot& slot) {
  static Received received;
  for (;;) {
    wire::Command command{};
    if (slot.is_bare()) wait_for_command(slot);
    receive_message(slot.socket, &command, sizeof command, received);
    if (received.size <= 0) end_slot(slot);
    const bool whole = received.size == sizeof command;
    if (whole && command.kind == wire::Command::Kind::run) {
      run_once(slot, command, received);
      continue;
    }
    close_attached(received);
    // Others are too late for a run that is over.
    if (whole && command.kind == wire::Command::Kind::again) {
      fail_run(slot, SetupStep::read_order, -ESRCH);
    }
  }
}

}  // namespace

void fail_slot(int socket, SetupStep step, long code, int object) {
  send_failure(socket, step, code, object);
  end_process(127);
}

// Once for all runs: a program does not inherit what is in force here, only the bounds.
void bound_capabilities(const SlotParts& parts) {
  const auto step = SetupStep::bound_capabilities;
  check(parts, step, call(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL));
  for (int capability = 0;; ++capability) {
    const long dropped = call(SYS_prctl, PR_CAPBSET_DROP, capability);
    if (dropped == -EINVAL && capability > CAP_AUDIT_READ) break;  // of what every kernel has
    check(parts, step, dropped);
  }
  check(parts, step,
        call(SYS_prctl, PR_SET_SECUREBITS,
             SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
                 SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED |
                 SECBIT_NO_CAP_AMBIENT_RAISE | SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED));
}

void run_slot(const SlotParts& parts) {
  const bool waits = ::signal(SIGCHLD, SIG_DFL) != SIG_ERR;
  close_unneeded(parts);
  enter_groups(parts);
  wait_for_launcher(parts);
  // The launcher's way would leave no end of a program to learn of.
  check(parts, SetupStep::wait_for_launcher, waits ? 0 : -EPERM);
  check(parts, SetupStep::new_session, call(SYS_setsid));
  prefer_for_killing();
  static Slot slot;
  if (parts.order->walls == wire::Walls::landlock) {
    become_bare_slot(parts, slot);
  } else {
    enter_walls(parts);
  }
  slot.identity = parts.order->identity;
  slot.landlock = parts.order->landlock;
  slot.proc_options =
      parts.order->proc_options.size > 0 ? parts.block.text(parts.order->proc_options) : nullptr;
  slot.socket = parts.socket;
  const long size = call(SYS_lseek, parts.region, 0, SEEK_END);
  if (size <= 0 || !map_region(slot, parts.region, static_cast<std::size_t>(size))) {
    fail_slot(parts.socket, SetupStep::map_region, size < 0 ? size : -ENOMEM);
  }
  slot.wake = static_cast<int>(call(SYS_eventfd2, 0, EFD_CLOEXEC | EFD_NONBLOCK));
  check(parts, SetupStep::map_region, slot.wake);
  int left[] = {slot.socket, slot.wake, slot.launcher, slot.folder};
  close_all_but(left);
  wire::Notice ready{};
  ready.kind = wire::Notice::Kind::slot_ready;
  send_notice(slot.socket, ready);
  serve(slot);
}

}  // namespace sandbox::launcher
