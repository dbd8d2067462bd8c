// The launcher: a small static program that makes slots for one caller, and dies with it. The
// caller never forks itself: a copy of a large process costs milliseconds, and would carry the
// caller's memory into the sandbox.
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

#include "sandbox/launcher/bare/bare.hpp"
#include "sandbox/launcher/message.hpp"
#include "sandbox/launcher/slot.hpp"
#include "sandbox/launcher/system_call.hpp"
#include "sandbox/wire/block.hpp"

namespace sandbox::launcher {
namespace {

constexpr int kControl = 3;  // by agreement with the caller

alignas(8) char order_bytes[wire::kLargestSlotOrder];

long write_text(pid_t process, const char* name, const char* text) {
  char path[64];
  (void)std::snprintf(path, sizeof path, "/proc/%d/%s", process, name);
  const long fd = call(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return fd;
  const long wrote = call(SYS_write, fd, text, std::strlen(text));
  close_fd(static_cast<int>(fd));
  return wrote < 0 ? wrote : 0;
}

// An unprivileged caller must first give up setgroups(2) inside, or it could shed a group that
// denies it something. user_namespaces(7).
long map_ids(pid_t slot, const wire::Block& block, const wire::SlotOrder& order) {
  long result = order.deny_setgroups != 0 ? write_text(slot, "setgroups", "deny") : 0;
  if (result == 0) result = write_text(slot, "uid_map", block.text(order.uid_map));
  if (result == 0) result = write_text(slot, "gid_map", block.text(order.gid_map));
  return result;
}

struct Cloned {
  long pid;  // or -errno
  int pidfd;
};

Cloned clone_slot(const wire::SlotOrder& order, int unified_group) {
  int pidfd = -1;
  if (order.walls == wire::Walls::landlock) {
    const long pid = clone_bare_slot(order.landlock, unified_group, pidfd);
    return Cloned{pid, pidfd};
  }
  clone_args arguments{};
  arguments.flags = CLONE_PIDFD | CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET |
                    CLONE_NEWIPC | CLONE_NEWUTS;
  arguments.pidfd = reinterpret_cast<std::uintptr_t>(&pidfd);
  arguments.exit_signal = SIGCHLD;
  if (unified_group >= 0) {
    arguments.flags |= CLONE_INTO_CGROUP;
    arguments.cgroup = static_cast<unsigned long long>(unified_group);
  }
  const long pid = call(SYS_clone3, &arguments, sizeof arguments);
  return Cloned{pid, pidfd};
}

void reply(SetupStep step, long code, long pid, int pidfd) {
  const wire::SlotReply message{step, static_cast<std::int32_t>(-code),
                                static_cast<std::int32_t>(pid)};
  send_message(kControl, &message, sizeof message, pidfd);
}

// What the launcher has to do before the slot may go on.
long admit(const Cloned& slot, const SlotParts& parts) {
  const auto pid = static_cast<pid_t>(slot.pid);
  const wire::SlotOrder& order = *parts.order;
  if (order.walls == wire::Walls::namespaces) return map_ids(pid, parts.block, order);
  return note_bare_slot(pid, slot.pidfd, order, parts.block.text(order.folder)) ? 0 : -EAGAIN;
}

void make_slot(SlotParts& parts, int unified_group) {
  int go[2];
  if (const long made = call(SYS_pipe2, go, O_CLOEXEC); made < 0) {
    return reply(SetupStep::make_pipes, made, 0, -1);
  }
  parts.launcher = call(SYS_getpid);
  const Cloned slot = clone_slot(*parts.order, unified_group);
  if (slot.pid == 0) {
    close_fd(go[1]);
    parts.go = go[0];
    run_slot(parts);
  }
  close_fd(go[0]);
  if (slot.pid < 0) {
    reply(SetupStep::clone_slot, slot.pid, 0, -1);
  } else if (const long admitted = admit(slot, parts); admitted < 0) {
    (void)call(SYS_pidfd_send_signal, slot.pidfd, SIGKILL, nullptr, 0);
    reply(SetupStep::map_ids, admitted, 0, -1);
  } else {
    (void)call(SYS_write, go[1], "", 1);
    reply(SetupStep::clone_slot, 0, slot.pid, slot.pidfd);
  }
  if (slot.pidfd >= 0) close_fd(slot.pidfd);
  close_fd(go[1]);
}

// False when the order is not what it says.
bool take_order(const Received& received) {
  const wire::Block block{order_bytes, static_cast<std::size_t>(received.size)};
  auto* order = block.order<wire::SlotOrder>();
  if (order == nullptr || !wire::is_sound(block, *order)) return false;
  const std::size_t expected =
      std::size_t{2} + order->has_unified_group + order->groups + order->trees;
  if (received.count != expected) return false;
  std::span<const int> fds{received.attached.data(), received.count};
  const int unified_group = order->has_unified_group != 0 ? fds[2] : -1;
  const std::span<const int> rest = fds.subspan(2 + order->has_unified_group);
  SlotParts parts{
      block, order, -1, fds[0], fds[1], rest.first(order->groups), rest.subspan(order->groups)};
  make_slot(parts, unified_group);
  return true;
}

// posix_spawn(3) leaves the C library's own two signals ignored, and programs would inherit that.
// sigaction(3) refuses to touch them.
void restore_internal_signals() {
  struct KernelAction {
    void (*handler)(int);
    unsigned long flags;
    void (*restorer)();
    std::uint64_t mask;
  };
  const KernelAction standard{SIG_DFL, 0, nullptr, 0};
  for (const int signal : {32, 33}) {
    (void)call(SYS_rt_sigaction, signal, &standard, nullptr, sizeof standard.mask);
  }
}

[[noreturn]] void serve() {
  static Received received;
  for (;;) {
    wait_for_order(kControl);
    receive_message(kControl, order_bytes, sizeof order_bytes, received);
    if (received.size <= 0) {
      end_bare_slots();
      end_process(0);  // the caller is gone; our children die with us
    }
    if (!take_order(received)) reply(SetupStep::read_order, -EINVAL, 0, -1);
    close_attached(received);
  }
}

}  // namespace
}  // namespace sandbox::launcher

int main() {
  using namespace sandbox::launcher;
  sigset_t all;
  ::sigfillset(&all);
  (void)::sigprocmask(SIG_SETMASK, &all, nullptr);
  restore_internal_signals();
  (void)::signal(SIGCHLD, SIG_IGN);  // slots need no burial
  int kept[] = {kControl};
  close_all_but(kept);
  serve();
}
