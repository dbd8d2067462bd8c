// Pid 1 of a run. It outlives the program by a moment, to report how it ended and to hand out what
// it left behind; when it ends, the kernel kills whatever is left in the namespace.
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/openat2.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>

#include "sandbox/launcher/bare/bare.hpp"
#include "sandbox/launcher/kill_all.hpp"
#include "sandbox/launcher/run.hpp"
#include "sandbox/launcher/system_call.hpp"

namespace sandbox::launcher {
namespace {

constexpr std::size_t kStackSize = 32 * 1024;
alignas(64) char init_stack[kStackSize];
alignas(64) char payload_stack[kStackSize];

// Read by the handler of kStopSignal; 0 while there is nothing to end.
volatile pid_t payload_pid = 0;

void end_payload(int) {
  if (const pid_t pid = payload_pid; pid > 0) (void)call(SYS_kill, pid, SIGKILL);
}

void listen_for_stop() {
  struct sigaction action {};
  action.sa_handler = end_payload;
  (void)::sigaction(kStopSignal, &action, nullptr);
  sigset_t stop;
  ::sigemptyset(&stop);
  ::sigaddset(&stop, kStopSignal);
  (void)call(SYS_rt_sigprocmask, SIG_UNBLOCK, &stop, nullptr, 8);
}

// What init still has to do: kill processes of another id, and read files whatever their mode.
void drop_init_privilege(const Run& run) {
  if (run.slot->is_bare()) return;  // the slot has kept no more than is needed
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const std::uint32_t needed = (1U << CAP_KILL) | (1U << CAP_DAC_READ_SEARCH);
  const __user_cap_data_struct sets[2] = {{needed, needed, 0}, {0, 0, 0}};
  if (const long result = call(SYS_capset, &header, sets); result < 0) {
    fail_run(run, SetupStep::drop_init_privilege, result);
  }
}

int payload_main(void* argument) {
  become_program(*static_cast<Run*>(argument));
  end_process(127);
}

// Sleeps until the payload has been executed or has failed (CLONE_VFORK). The payload places its
// descriptors among ours; execve gives it a table of its own.
pid_t fork_payload(Run& run) {
  const int pid = ::clone(&payload_main, payload_stack + kStackSize,
                          CLONE_VM | CLONE_FILES | CLONE_VFORK | SIGCHLD, &run);
  if (run.early_listener) (void)call(SYS_prctl, PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (pid < 0) fail_run(run, SetupStep::fork_payload, -errno);
  if (run.failure.code != 0) fail_run(run, run.failure.step, run.failure.code);
  return pid;
}

// Everything inside is a child of init sooner or later.
int reap_until(pid_t payload, Use& use) {
  for (;;) {
    int status = 0;
    const long pid = use.reap(0, &status);
    if (pid == payload) return status;
    // Cannot be. Nobody knows then how it ended, and the slot says so.
    if (pid < 0 && pid != -EINTR) end_process(127);
  }
}

bool is_anybody_left(Use& use) {
  long pid = 1;
  while (pid > 0) pid = use.reap(WNOHANG, nullptr);
  return pid != -ECHILD;
}

void kill_and_reap_the_rest(const Run& run, Use& use) {
  if (run.slot->is_bare()) {
    (void)end_all_below(run.reaper, use);  // what it leaves, the slot finds
    return;
  }
  // What cannot be waited for dies with us.
  long reaped = 0;
  while (reaped >= 0 || reaped == -EINTR) {
    (void)kill_all({Bound::Kind::pid_namespace});
    reaped = use.reap(0, nullptr);
  }
}

// Opens through no link at all, and nothing but a regular file with one name: what is open cannot
// be anything else than a file that the program itself has written.
long open_artifact(const Run& run, const char* path) {
  open_how how{};
  how.flags = O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC;
  how.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  const long fd = run.slot->is_bare() ? open_in_folder(*run.slot, path, how)
                                      : call(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
  if (fd < 0) return fd;
  struct stat about {};
  long code = ::fstat(static_cast<int>(fd), &about) < 0 ? -EIO : 0;
  if (code == 0 && S_ISDIR(about.st_mode)) code = -EISDIR;
  if (code == 0 && !S_ISREG(about.st_mode)) code = -EINVAL;
  if (code == 0 && about.st_nlink != 1) code = -EMLINK;
  if (code == 0) return fd;
  close_fd(static_cast<int>(fd));
  return code;
}

void hand_out_artifacts(const Run& run) {
  for (std::size_t i = 0; i < run.artifacts.size(); ++i) {
    const long fd = open_artifact(run, run.block.text(run.artifacts[i]));
    wire::Notice notice{};
    notice.kind = wire::Notice::Kind::artifact;
    notice.code = fd < 0 ? static_cast<std::int32_t>(-fd) : 0;
    notice.object = static_cast<std::int32_t>(i);
    send_notice(run.socket, notice, static_cast<int>(fd < 0 ? -1 : fd));
    if (fd >= 0) close_fd(static_cast<int>(fd));
  }
}

void report_started(const Run& run) {
  wire::Notice started{};
  started.kind = wire::Notice::Kind::started;
  send_notice(run.socket, started, run.listener_fd);
}

void report_ended(const Run& run, int status) {
  wire::Notice ended{};
  ended.kind = wire::Notice::Kind::ended;
  ended.code = status;
  send_notice(run.socket, ended);
}

// From the payload's fork to the notice that the run is over.
void run_payload(Run& run) {
  payload_pid = 0;
  const pid_t payload = fork_payload(run);
  payload_pid = payload;
  if (!run.keep) drop_init_privilege(run);
  report_started(run);
  // Our copies of the program's descriptors must go, or nobody would ever see them closed.
  int left[] = {run.socket, run.wake, run.ruleset};
  close_all_but(left);

  Use use;
  const int status = reap_until(payload, use);
  payload_pid = 0;
  const bool more = is_anybody_left(use);
  if (more || !run.artifacts.empty()) report_ended(run, status);
  if (more) kill_and_reap_the_rest(run, use);
  hand_out_artifacts(run);
  const bool unchanged = run.keep && is_scratch_unchanged();
  run.reported_over = true;
  report_over(run, wire::kStatusKnown | (unchanged ? wire::kUnchanged : 0), status, use.total());
  run.report_sent = true;
}

// Moves what must stay out of the way of the program's descriptors.
void make_room(Run& run) {
  for (int* fd : {&run.socket, &run.wake, &run.ruleset}) {
    if (*fd < 0) continue;
    const long moved = move_above(run, *fd);
    if (moved < 0) fail_run(run, SetupStep::place_descriptors, moved);
    *fd = static_cast<int>(moved);
  }
}

// Waits for an order of another run in the same namespaces; ends the process when none comes.
void prepare_again(Run& run) {
  static Received received;
  wire::Command command{};
  const int socket = run.socket, wake = run.wake, ruleset = run.ruleset;
  do {  // a command that came too late for the last run has nothing to stop any more
    receive_message(socket, &command, sizeof command, received);
    if (received.size != sizeof command || command.kind == wire::Command::Kind::leave ||
        command.kind == wire::Command::Kind::kill) {
      end_process(0);
    }
  } while (command.kind != wire::Command::Kind::again);
  Slot& slot = *run.slot;
  run = Run{};
  run.socket = socket;
  run.wake = wake;
  run.ruleset = ruleset;  // names the same folders as before
  constexpr std::uint64_t kOne = 1;
  (void)call(SYS_write, wake, &kOne, sizeof kOne);
  if (const auto wrong = prepare_run(slot, command.size, received, run)) {
    fail_run(run, *wrong, -EINVAL);
  }
}

int init_main(void* argument) {
  Run& run = *static_cast<Run*>(argument);
  run.socket = run.slot->socket;
  run.wake = run.slot->wake;
  if (run.slot->is_bare()) {
    begin_bare_run(run);
  } else {
    // Outside a namespace of its own, this would mount on the host.
    if (call(SYS_getpid) != 1) fail_run(run, SetupStep::clone_init, -ENOTSUP);
    mount_run(run);
  }
  listen_for_stop();
  run.ruleset = make_ruleset(run);
  for (;;) {
    make_room(run);
    run_payload(run);
    if (!run.keep) end_process(0);
    prepare_again(run);
  }
}

// The caller has made the file behind it larger.
bool grow_region(Slot& slot, std::size_t size) {
  constexpr std::size_t kPage = 4096;
  size = (size + kPage - 1) / kPage * kPage;
  const long mapped =
      call(SYS_mremap, slot.region, slot.region_size, size, MREMAP_MAYMOVE, nullptr);
  if (mapped < 0 && mapped > -4096) return false;
  slot.region = reinterpret_cast<char*>(mapped);
  slot.region_size = size;
  return true;
}

// False when the order is not what it says.
bool read_order(const Received& received, Run& run) {
  auto* order = run.block.order<wire::RunOrder>();
  if (order == nullptr || !wire::is_sound(run.block, *order)) return false;
  std::span<std::int32_t> numbers;
  std::span<sock_filter> filter;
  const bool read =
      run.block.table(order->folders, run.folders) && run.block.table(order->files, run.files) &&
      run.block.table(order->limits, run.limits) &&
      run.block.table(order->artifacts, run.artifacts) &&
      run.block.table(order->reach, run.reach) && run.block.table(order->numbers, numbers) &&
      run.block.table(order->filter, filter) &&
      run.block.strings(order->environment, run.environment) &&
      (order->arguments.count == 0 || run.block.strings(order->arguments, run.arguments));
  run.has_input = order->has_input != 0;
  const std::size_t absent = run.has_input ? 0 : 1;
  if (!read || numbers.size() != received.count + absent) return false;
  run.numbers = numbers;
  run.sources = {received.attached.data(), received.count};
  run.filter = sock_fprog{static_cast<unsigned short>(filter.size()), filter.data()};
  run.listener = order->listener != 0;
  run.early_listener = order->early_listener != 0;
  run.keep = order->keep != 0;
  run.working_directory = run.block.text(order->working_directory);
  run.scratch_options = run.block.text(order->scratch_options);
  run.scratch = run.block.text(order->scratch);
  return true;
}

}  // namespace

std::optional<SetupStep> prepare_run(Slot& slot, std::size_t size, const Received& received,
                                     Run& run) {
  run.slot = &slot;
  if (size > slot.region_size && !grow_region(slot, size)) return SetupStep::map_region;
  run.block = wire::Block{slot.region, size};
  if (!read_order(received, run)) return SetupStep::read_order;
  return std::nullopt;
}

long clone_init(Run& run, int& pidfd) {
  const int walls = run.slot->is_bare() ? 0 : CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC;
  const int pid = ::clone(&init_main, init_stack + kStackSize,
                          CLONE_VM | CLONE_PIDFD | SIGCHLD | walls, &run, &pidfd);
  return pid < 0 ? -errno : pid;
}

void report_over(const Run& run, std::int32_t known, int status, const rusage& usage) {
  const auto microseconds = [](const timeval& time) {
    return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_usec;
  };
  wire::Notice over{};
  over.kind = wire::Notice::Kind::over;
  over.code = status;
  over.object = known;
  over.cpu_user_us = microseconds(usage.ru_utime);
  over.cpu_system_us = microseconds(usage.ru_stime);
  over.largest_rss = std::int64_t{usage.ru_maxrss} * 1024;
  send_notice(run.socket, over);
}

void fail_run(const Run& run, SetupStep step, long code, int object) {
  send_failure(run.socket, step, code, object);
  end_process(0);
}

}  // namespace sandbox::launcher
