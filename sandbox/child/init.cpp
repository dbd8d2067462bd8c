// Pid 1 of a run. It outlives the program by a moment, to report how it ended and to hand out what
// it left behind; when it ends, the kernel kills whatever is left in the namespace.
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/openat2.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>

#include "sandbox/child/plan.hpp"

namespace sandbox::child {
namespace {

// Handlers of the caller would run here, and what it ignores would stay ignored in the program.
// All signals are blocked at this point.
void forget_signal_handlers() {
  struct sigaction standard {};
  standard.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; ++signal) (void)::sigaction(signal, &standard, nullptr);
}

// Before anything else, so that all that follows is counted.
void enter_groups(const Plan& plan) {
  for (const int tasks : plan.groups) {
    if (::write(tasks, "0", 1) < 0) give_up(plan, SetupStep::enter_group, errno);
  }
}

// Nothing more may be done before the caller has mapped the ids.
void wait_for_caller(const Plan& plan) {
  char byte = 0;
  ssize_t got = -1;
  do {
    got = ::read(plan.go, &byte, 1);
  } while (got < 0 && errno == EINTR);
  if (got != 1) ::_exit(127);  // the caller is gone, nobody to tell
}

void become_init(const Plan& plan) {
  if (!plan.identity.range) return;  // the one mapped id is ours already
  const uid_t id = plan.identity.init;
  // System calls, not the C library's functions: those try to change every thread of a process that
  // we no longer are.
  if (::syscall(SYS_setresgid, id, id, id) < 0 || ::syscall(SYS_setgroups, 0, nullptr) < 0 ||
      ::syscall(SYS_setresuid, id, id, id) < 0) {
    give_up(plan, SetupStep::become_init, errno);
  }
}

// After the last change of ids, which would clear it. The caller may have died just before: then
// the lifeline tells.
void die_with_caller(const Plan& plan) {
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || ::prctl(PR_SET_DUMPABLE, 0) < 0) {
    give_up(plan, SetupStep::die_with_caller, errno);
  }
  pollfd lifeline{plan.go, 0, 0};
  if (::poll(&lifeline, 1, 0) != 0) ::_exit(127);
}

// What init still has to do: kill processes of another id, and read files whatever their mode.
void drop_init_privilege(const Plan& plan) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const std::uint32_t needed = (1U << CAP_KILL) | (1U << CAP_DAC_READ_SEARCH);
  const __user_cap_data_struct sets[2] = {{needed, needed, 0}, {0, 0, 0}};
  if (::syscall(SYS_capset, &header, sets) < 0) {
    give_up(plan, SetupStep::drop_init_privilege, errno);
  }
}

// The kernel, short of memory, should take the payload before init and before anything outside.
// Best effort: a run is as safe without.
class OomPreference {
 public:
  OomPreference() : fd_{::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC)} {}
  void prefer_children() const { write("1000", 4); }
  void spare_self() const { write("0", 1); }

 private:
  void write(const char* text, std::size_t size) const {
    if (fd_ >= 0) (void)!::pwrite(fd_, text, size, 0);
  }
  int fd_;  // closed with everything else once the payload runs
};

pid_t fork_payload(const Plan& plan) {
  const long pid = ::syscall(SYS_clone, static_cast<unsigned long>(SIGCHLD), 0, 0, 0, 0);
  if (pid < 0) give_up(plan, SetupStep::fork_payload, errno);
  if (pid == 0) run_payload(plan);
  return static_cast<pid_t>(pid);
}

// Everything inside is a child of init sooner or later.
int reap_until(pid_t payload) {
  for (;;) {
    int status = 0;
    const pid_t pid = ::wait4(-1, &status, __WALL, nullptr);
    if (pid == payload) return status;
    if (pid < 0 && errno == ECHILD) return 0;  // cannot be: the payload is ours
  }
}

void kill_and_reap_the_rest() {
  for (;;) {
    (void)::kill(-1, SIGKILL);
    if (::wait4(-1, nullptr, __WALL, nullptr) < 0 && errno == ECHILD) return;
  }
}

// Opens through no link at all, and nothing but a regular file with one name: what is open cannot
// be anything else than a file that the program itself has written.
int open_artifact(const char* path, int& code) {
  open_how how{};
  how.flags = O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC;
  how.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  const long got = ::syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
  if (got < 0) {
    code = errno;
    return -1;
  }
  const int fd = static_cast<int>(got);
  struct stat about {};
  code = 0;
  if (::fstat(fd, &about) < 0)
    code = errno;
  else if (S_ISDIR(about.st_mode))
    code = EISDIR;
  else if (!S_ISREG(about.st_mode))
    code = EINVAL;
  else if (about.st_nlink != 1)
    code = EMLINK;
  if (code == 0) return fd;
  (void)::close(fd);
  return -1;
}

void hand_out_artifacts(const Plan& plan) {
  for (std::size_t i = 0; i < plan.artifacts.size(); ++i) {
    InitMessage message{InitMessage::Kind::artifact, 0, static_cast<std::int32_t>(i)};
    const int fd = open_artifact(plan.artifacts[i], message.code);
    send_message(plan.status, &message, sizeof message, std::span{&fd, fd >= 0 ? 1U : 0U});
    if (fd >= 0) (void)::close(fd);
  }
}

}  // namespace

void run_init(const Plan& plan) {
  forget_signal_handlers();
  close_all_but(plan.kept);
  enter_groups(plan);
  wait_for_caller(plan);
  if (::setsid() < 0) give_up(plan, SetupStep::new_session, errno);
  const OomPreference oom;
  become_init(plan);
  die_with_caller(plan);
  (void)::unshare(CLONE_NEWCGROUP);  // hides the names of the groups; where it is missing nothing
                                     // else depends on it
  if (::sethostname("sandbox", 7) < 0) give_up(plan, SetupStep::set_host_name, errno);
  build_root(plan);
  oom.prefer_children();
  const pid_t payload = fork_payload(plan);
  oom.spare_self();
  // The payload's set-up still reports by its own copy of `setup`; ours must go, or the caller
  // would wait for us.
  const int left[] = {plan.status};
  close_all_but(left);
  drop_init_privilege(plan);

  const InitMessage ended{InitMessage::Kind::ended, reap_until(payload), 0};
  send_message(plan.status, &ended, sizeof ended);
  kill_and_reap_the_rest();
  hand_out_artifacts(plan);
  ::_exit(0);
}

}  // namespace sandbox::child
