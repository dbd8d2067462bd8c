// From the fork in init to the program's first instruction: descriptors, limits, privilege, filter,
// execve.
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include <climits>

#include "sandbox/child/plan.hpp"

namespace sandbox::child {
namespace {

// First every source to a number above all targets, then each to its place, so that no target
// overwrites a source. Everything else is closed, also what the caller forgot to mark
// close-on-exec. `setup` ends right above the highest target; its new number is returned.
int place_descriptors(const Plan& plan) {
  const auto check = [&](int result) {
    if (result < 0) give_up(plan, SetupStep::place_descriptors, errno);
    return result;
  };
  const int setup_number = plan.highest_number + 1;
  const int setup = check(::fcntl(plan.setup, F_DUPFD_CLOEXEC, setup_number + 1));
  for (FdMove& move : plan.descriptors) {
    move.source = check(::fcntl(move.source, F_DUPFD_CLOEXEC, setup_number + 1));
  }
  check(::dup3(setup, setup_number, O_CLOEXEC));
  unsigned next = 0;
  for (const FdMove& move : plan.descriptors) {
    check(::dup2(move.source, move.number));
    const auto number = static_cast<unsigned>(move.number);
    if (number > next) (void)::close_range(next, number - 1, 0);
    next = number + 1;
  }
  (void)::close_range(static_cast<unsigned>(setup_number) + 1, UINT_MAX, 0);
  return setup_number;
}

void set_limits(const Plan& plan) {
  for (const ResourceLimit& limit : plan.limits) {
    if (::prlimit(0, static_cast<__rlimit_resource>(limit.resource), &limit.value, nullptr) < 0) {
      give_up(plan, SetupStep::set_limits, errno);
    }
  }
}

// Leaves the namespace's own capabilities behind, for good: not even a set-uid program of root
// could bring one back.
void drop_privilege(const Plan& plan) {
  const auto check = [&](long result) {
    if (result < 0) give_up(plan, SetupStep::drop_privilege, errno);
  };
  check(::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0));
  for (int capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
    check(::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0));
  }
  check(::prctl(PR_SET_SECUREBITS,
                SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
                    SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED |
                    SECBIT_NO_CAP_AMBIENT_RAISE | SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED,
                0, 0, 0));
  if (plan.identity.range) {
    const uid_t id = plan.identity.payload;
    check(::syscall(SYS_setresgid, id, id, id));
    check(::syscall(SYS_setresuid, id, id, id));
  }
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[2] = {};
  check(::syscall(SYS_capset, &header, none));
}

// For the caller to end the payload alone, so that init can still report how it had ended.
int open_own_pidfd(const Plan& plan) {
  const long fd = ::syscall(SYS_pidfd_open, ::getpid(), 0);
  if (fd < 0) give_up(plan, SetupStep::place_descriptors, errno);
  return static_cast<int>(fd);
}

// Returns the listener's descriptor, -1 without one.
int install_filter(const Plan& plan) {
  const unsigned flags = plan.listener ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0;
  const long got = ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &plan.filter);
  if (got < 0) {
    give_up(plan, plan.listener ? SetupStep::install_listener : SetupStep::install_filter, errno);
  }
  return plan.listener ? static_cast<int>(got) : -1;
}

void allow_all_signals() {
  sigset_t none;
  ::sigemptyset(&none);
  // NOLINTNEXTLINE(concurrency-mt-unsafe): this process has one thread
  (void)::sigprocmask(SIG_SETMASK, &none, nullptr);
}

}  // namespace

void run_payload(const Plan& inherited) {
  Plan plan = inherited;
  plan.setup = place_descriptors(plan);
  if (::setsid() < 0) give_up(plan, SetupStep::new_session, errno);
  set_limits(plan);
  drop_privilege(plan);
  (void)::umask(022);
  if (::chdir(plan.working_directory) < 0) give_up(plan, SetupStep::change_folder, errno);
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) {
    give_up(plan, SetupStep::no_new_privileges, errno);
  }
  const int own = open_own_pidfd(plan);
  const int attached[kMostAttached] = {own, install_filter(plan)};
  allow_all_signals();

  const SetupMessage ready{SetupMessage::Kind::ready, SetupStep::execute, 0, -1};
  send_message(plan.setup, &ready, sizeof ready, std::span{attached, plan.listener ? 2U : 1U});
  if (plan.arguments == nullptr) ::_exit(0);
  (void)::execve(plan.arguments[0], plan.arguments, plan.environment);
  give_up(plan, SetupStep::execute, errno);
}

}  // namespace sandbox::child
