// From the fork in init to the program's first instruction: descriptors, limits, privilege, walls,
// execve. Shares memory and descriptors with init until then: what it leaves there, init finds.
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/close_range.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

#include <cerrno>
#include <csignal>

#include <climits>

#include "sandbox/launcher/run.hpp"
#include "sandbox/launcher/system_call.hpp"

namespace sandbox::launcher {
namespace {

[[noreturn]] void give_up(Run& run, SetupStep step, long code) {
  run.failure = {step, code};
  end_process(127);
}

long check(Run& run, SetupStep step, long result) {
  if (result < 0) give_up(run, step, result);
  return result;
}

// Each descriptor to its number; a source that stands where another one belongs moves away first.
// Nothing else survives execve, also what the caller forgot to mark close-on-exec.
void place_descriptors(Run& run) {
  const auto step = SetupStep::place_descriptors;
  const auto move_up = [&](int fd) {
    return static_cast<int>(check(run, step, move_above(run, fd)));
  };
  std::array<int, wire::kMostDescriptors> sources{};
  std::size_t count = 0;
  if (!run.has_input) {
    const long null = call(SYS_openat, AT_FDCWD, "/dev/null", O_RDONLY | O_CLOEXEC);
    sources[count++] = move_up(static_cast<int>(check(run, step, null)));
  }
  for (const int source : run.sources) sources[count++] = move_up(source);
  int next = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const int number = run.numbers[i];
    check(run, step, call(SYS_dup3, sources[i], number, 0));
    if (number > next) check(run, step, call(SYS_close_range, next, number - 1, 0));
    next = number + 1;
  }
  check(run, step, call(SYS_close_range, next, UINT_MAX, CLOSE_RANGE_CLOEXEC));
}

void set_limits(Run& run) {
  for (const wire::ResourceLimit& limit : run.limits) {
    const std::uint64_t values[2] = {limit.soft, limit.hard};
    check(run, SetupStep::set_limits, call(SYS_prlimit64, 0, limit.resource, values, nullptr));
  }
}

// The slot has bounded what can ever come back; here goes what is in force.
void drop_privilege(Run& run) {
  const auto step = SetupStep::drop_privilege;
  if (run.slot->identity.range != 0) {
    const auto id = run.slot->identity.payload;
    check(run, step, call(SYS_setresgid, id, id, id));
    check(run, step, call(SYS_setresuid, id, id, id));
  }
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[2] = {};
  check(run, step, call(SYS_capset, &header, none));
}

void install_filter(Run& run) {
  const unsigned flags = run.listener ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0;
  const auto step = run.listener ? SetupStep::install_listener : SetupStep::install_filter;
  const long got = check(run, step, call(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &run.filter));
  if (run.listener) run.listener_fd = static_cast<int>(got);
}

// Somebody must answer execve, and init, which would hand the listener over, waits for that. The
// caller follows us into the program, which an ordinary user may only with a process that is
// dumpable, ptrace(2); nothing else runs here yet, and init takes it back.
void hand_over_listener(Run& run) {
  check(run, SetupStep::execute, call(SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0));
  wire::Notice filtered{};
  filtered.kind = wire::Notice::Kind::filtered;
  send_notice(run.socket, filtered, run.listener_fd);
}

}  // namespace

long move_above(const Run& run, int fd) {
  const int highest = run.numbers.back();
  return fd > highest ? fd : call(SYS_fcntl, fd, F_DUPFD_CLOEXEC, highest + 1);
}

void become_program(Run& run) {
  place_descriptors(run);
  check(run, SetupStep::new_session, call(SYS_setsid));
  set_limits(run);
  drop_privilege(run);
  check(run, SetupStep::change_folder, call(SYS_umask, 022));
  check(run, SetupStep::change_folder, call(SYS_chdir, run.working_directory));
  check(run, SetupStep::no_new_privileges, call(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
  if (run.slot->is_bare()) check(run, SetupStep::make_ruleset, allow_own_facts(run));
  if (run.ruleset >= 0) {
    check(run, SetupStep::restrict_files, call(SYS_landlock_restrict_self, run.ruleset, 0));
  }
  install_filter(run);
  const sigset_t none{};
  check(run, SetupStep::execute, call(SYS_rt_sigprocmask, SIG_SETMASK, &none, nullptr, 8));
  if (run.arguments == nullptr) end_process(0);
  if (run.early_listener) hand_over_listener(run);
  check(run, SetupStep::execute,
        call(SYS_execve, run.arguments[0], run.arguments, run.environment));
}

}  // namespace sandbox::launcher
