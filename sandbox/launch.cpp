#include "sandbox/launch.hpp"

#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <string>
#include <vector>

#include "sandbox/base/escape.hpp"
#include "sandbox/base/io.hpp"
#include "sandbox/child/plan.hpp"
#include "sandbox/root_recipe.hpp"

namespace sandbox {
namespace {

// Longer than any healthy host needs, even a very busy one.
constexpr std::chrono::milliseconds kSetupTimeout{30'000};
constexpr std::uint64_t kUsualStack = std::uint64_t{8} << 20U;

base::Status validate(const Program& program, const Limits& limits) {
  const auto has_nul = [](const std::string& text) { return text.find('\0') != std::string::npos; };
  for (const auto* texts : {&program.arguments, &program.environment}) {
    for (const std::string& text : *texts) {
      if (has_nul(text)) {
        return base::invalid_input("sandbox: " + base::quoted(text) + ": contains a zero byte");
      }
    }
  }
  if (!program.arguments.empty() && !program.arguments.front().starts_with('/')) {
    return base::invalid_input("sandbox: " + base::quoted(program.arguments.front()) +
                               ": the program must be an absolute path, e.g. /usr/bin/node");
  }
  std::vector<int> numbers;
  numbers.reserve(program.inherited.size());
  for (const InheritedFd& fd : program.inherited) numbers.push_back(fd.number);
  std::sort(numbers.begin(), numbers.end());
  const bool twice = std::adjacent_find(numbers.begin(), numbers.end()) != numbers.end();
  if (twice || (!numbers.empty() && numbers.front() < 3)) {
    return base::invalid_input("sandbox: inherited descriptors need different numbers, 3 or above");
  }
  if (!numbers.empty() && numbers.back() >= limits.open_files) {
    return base::invalid_input("sandbox: inherited descriptor " + std::to_string(numbers.back()) +
                               ": must be below the limit of open files");
  }
  return {};
}

// Both ends of everything that connects a run with its caller. The child's ends die with this
// object.
struct Channels {
  base::Pipe go;
  base::SocketPair setup;
  base::SocketPair status;
  base::Pipe input;  // or /dev/null in `read`
  base::Pipe output;
  base::Pipe error;
};

base::Result<Channels> make_channels(const Program& program, const IdMap& ids) {
  Channels channels;
  JUDGE_TRY(channels.go, base::make_pipe());
  JUDGE_TRY(channels.setup, base::make_socket_pair());
  JUDGE_TRY(channels.status, base::make_socket_pair());
  JUDGE_TRY(channels.output, base::make_pipe());
  JUDGE_TRY(channels.error, base::make_pipe());
  if (program.input != nullptr) {
    JUDGE_TRY(channels.input, base::make_pipe());
    JUDGE_TRY_VOID(base::set_nonblocking(channels.input.write.get()));
  } else {
    channels.input.read.reset(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    if (!channels.input.read.is_open()) return base::system_failure("'/dev/null': open", errno);
  }
  JUDGE_TRY_VOID(base::set_nonblocking(channels.output.read.get()));
  JUDGE_TRY_VOID(base::set_nonblocking(channels.error.read.get()));
  if (ids.inside.range) {
    // Opening /dev/stdout by name asks for permission again, as the program's own user.
    for (const base::Pipe* pipe : {&channels.input, &channels.output, &channels.error}) {
      if (pipe == &channels.input && program.input == nullptr) continue;
      (void)::fchown(pipe->read.get(), ids.payload_outside, static_cast<gid_t>(-1));
    }
  }
  return channels;
}

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// Never above our own hard limit: raising needs a privilege, and less is stricter.
child::ResourceLimit limit_to(int resource, std::uint64_t soft, std::uint64_t hard) {
  rlimit ours{};
  (void)::getrlimit(static_cast<__rlimit_resource>(resource), &ours);
  const rlim_t top = std::min<rlim_t>(hard, ours.rlim_max);
  return {resource, rlimit{std::min<rlim_t>(soft, top), top}};
}

std::vector<child::ResourceLimit> resource_limits(const Host::State& host, const Limits& limits) {
  const auto both = [](int resource, std::uint64_t value) {
    return limit_to(resource, value, value);
  };
  const auto cpu_seconds =
      static_cast<std::uint64_t>(std::chrono::ceil<std::chrono::seconds>(limits.cpu).count());
  // In a namespace with one id, init counts as one of the program's.
  const int processes = limits.processes + (host.ids == IdKind::single ? 1 : 0);
  std::vector<child::ResourceLimit> all{
      both(RLIMIT_CORE, 0),
      both(RLIMIT_NOFILE, static_cast<std::uint64_t>(limits.open_files)),
      both(RLIMIT_FSIZE, limits.file_size.count()),
      both(RLIMIT_STACK, limits.stack.count()),
      both(RLIMIT_NPROC, static_cast<std::uint64_t>(processes)),
      // A backstop for each process, should nobody measure; the limit itself is measured over the
      // whole tree. Far above it, because this one counts whole ticks of whoever runs when the
      // clock strikes: beside other busy programs it was seen to fire 10 % too early.
      limit_to(RLIMIT_CPU, cpu_seconds * 2 + 5, cpu_seconds * 2 + 6),
      both(RLIMIT_MEMLOCK, 64 << 10),
      both(RLIMIT_MSGQUEUE, 0),
      both(RLIMIT_RTPRIO, 0),
      both(RLIMIT_NICE, 0),
  };
  // Never RLIMIT_AS: runtimes reserve far more addresses than they use. The data limit counts the
  // stacks of threads, which are as large as the soft limit unless the program says otherwise; so
  // that one stays usual then.
  if (host.bases.memory.version == cgroup::Version::none) {
    all.push_back(both(RLIMIT_DATA, limits.memory.count()));
    all.push_back(
        limit_to(RLIMIT_STACK, std::min(limits.stack.count(), kUsualStack), limits.stack.count()));
  }
  return all;
}

// Everything the plan points into, alive until the child has been made.
struct Prepared {
  std::vector<child::FdMove> descriptors;
  std::vector<int> kept;
  std::vector<int> groups;
  std::vector<child::ResourceLimit> limits;
  std::vector<char*> arguments;
  std::vector<char*> environment;
  std::vector<const char*> artifacts;
  std::string scratch_options;
  child::Plan plan;
};

void place_descriptors(Prepared& prepared, const Program& program, const Channels& channels) {
  prepared.descriptors = {{channels.input.read.get(), 0},
                          {channels.output.write.get(), 1},
                          {channels.error.write.get(), 2}};
  for (const InheritedFd& fd : program.inherited)
    prepared.descriptors.push_back({fd.source, fd.number});
  std::sort(prepared.descriptors.begin(), prepared.descriptors.end(),
            [](const auto& a, const auto& b) { return a.number < b.number; });
  prepared.plan.descriptors = prepared.descriptors;
  prepared.plan.highest_number = prepared.descriptors.back().number;
}

void keep_descriptors(Prepared& prepared, const RootRecipe& recipe) {
  const child::Plan& plan = prepared.plan;
  prepared.kept = recipe.trees();
  prepared.kept.insert(prepared.kept.end(), prepared.groups.begin(), prepared.groups.end());
  for (const int fd : {plan.go, plan.setup, plan.status}) prepared.kept.push_back(fd);
  for (const child::FdMove& move : prepared.descriptors) prepared.kept.push_back(move.source);
  std::sort(prepared.kept.begin(), prepared.kept.end());
  prepared.plan.kept = prepared.kept;
}

Prepared prepare(const Host::State& host, const Program& program, const Limits& limits,
                 const IdMap& ids, RootRecipe& recipe, const Channels& channels,
                 const cgroup::Group::Entrance& entrance) {
  Prepared prepared;
  child::Plan& plan = prepared.plan;
  plan.go = channels.go.read.get();
  plan.setup = channels.setup.second.get();
  plan.status = channels.status.second.get();
  place_descriptors(prepared, program, channels);
  for (const base::UniqueFd& tasks : entrance.tasks) prepared.groups.push_back(tasks.get());
  plan.groups = prepared.groups;
  keep_descriptors(prepared, recipe);
  plan.identity = ids.inside;
  plan.root_options = recipe.root_options();
  // Three more than asked for: the tmpfs's own root and the two folders that become /tmp and
  // /dev/shm.
  prepared.scratch_options = "mode=0755,size=" + std::to_string(limits.scratch.count()) +
                             ",nr_inodes=" + std::to_string(limits.scratch_inodes + 3);
  plan.scratch_options = prepared.scratch_options.c_str();
  plan.root = recipe.entries();
  plan.proc_options = host.proc_options;
  prepared.limits = resource_limits(host, limits);
  plan.limits = prepared.limits;
  const FilterCode& filter = host.filter_for(program.profile);
  plan.filter = sock_fprog{static_cast<unsigned short>(filter.size()),
                           const_cast<sock_filter*>(filter.data())};
  plan.listener = host.on_forbidden == OnForbidden::ask_listener;
  plan.working_directory = program.working_directory.c_str();
  prepared.arguments = pointers_to(program.arguments);
  prepared.environment = pointers_to(program.environment);
  if (!program.arguments.empty()) plan.arguments = prepared.arguments.data();
  plan.environment = prepared.environment.data();
  for (const Artifact& artifact : program.artifacts)
    prepared.artifacts.push_back(artifact.path.c_str());
  plan.artifacts = prepared.artifacts;
  return prepared;
}

struct Cloned {
  pid_t pid;
  base::Pidfd pidfd;
};

// No handler of ours may run in the child; it forgets them while all signals are blocked.
base::Result<Cloned> clone_init(const child::Plan& plan, const base::UniqueFd& unified_group) {
  int pidfd = -1;
  clone_args arguments{};
  arguments.flags = CLONE_PIDFD | CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET |
                    CLONE_NEWIPC | CLONE_NEWUTS;
  arguments.pidfd = reinterpret_cast<std::uintptr_t>(&pidfd);
  arguments.exit_signal = SIGCHLD;
  if (unified_group.is_open()) {
    arguments.flags |= CLONE_INTO_CGROUP;
    arguments.cgroup = static_cast<unsigned long long>(unified_group.get());
  }
  sigset_t all, before;
  ::sigfillset(&all);
  (void)::pthread_sigmask(SIG_SETMASK, &all, &before);
  const long pid = ::syscall(SYS_clone3, &arguments, sizeof arguments);
  const int code = errno;
  if (pid == 0) child::run_init(plan);
  (void)::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (pid < 0) return base::fail(setup_error(SetupStep::clone, code, {}));
  return Cloned{static_cast<pid_t>(pid), base::Pidfd{base::UniqueFd{pidfd}}};
}

base::Status wait_readable(int fd, std::chrono::milliseconds timeout) {
  pollfd poll_fd{fd, POLLIN, 0};
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    const int got = ::poll(&poll_fd, 1, static_cast<int>(std::max<std::int64_t>(0, left.count())));
    if (got > 0) return {};
    if (got == 0) return base::system_failure("sandbox: set-up did not end", ETIMEDOUT);
    if (errno != EINTR) return base::system_failure("poll", errno);
  }
}

// Until the program has been executed, which hangs up `socket`. Fills in what comes with the last
// message.
base::Status follow_setup(int socket, const RootRecipe& recipe, const Program& program,
                          Launched& launched) {
  bool ready = false;
  for (;;) {
    JUDGE_TRY_VOID(wait_readable(socket, kSetupTimeout));
    child::SetupMessage message{};
    JUDGE_TRY(Received received, receive(socket, &message, sizeof message));
    if (received.size == 0) break;
    if (received.size != sizeof message) return base::internal("sandbox: a short set-up message");
    if (message.kind == child::SetupMessage::Kind::ready) {
      ready = true;
      launched.payload = base::Pidfd{std::move(received.attached[0])};
      launched.listener = std::move(received.attached[1]);
      continue;
    }
    std::string object = recipe.describe(message.object);
    if (message.step == SetupStep::execute) object = program.arguments.front();
    if (message.step == SetupStep::change_folder) object = program.working_directory;
    return base::fail(setup_error(message.step, message.code, object));
  }
  if (ready) return {};
  return base::system_failure("sandbox: set-up was ended from outside, perhaps for want of memory",
                              ECHILD);
}

}  // namespace

Launched::~Launched() {
  if (!init.is_open()) return;
  (void)init.send_signal(SIGKILL);
  (void)init.reap();
}

base::Result<Received> receive(int socket, void* message, std::size_t size) {
  iovec part{message, size};
  alignas(cmsghdr) char control[CMSG_SPACE(child::kMostAttached * sizeof(int))] = {};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control;
  header.msg_controllen = sizeof control;
  ssize_t got = -1;
  do {
    got = ::recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
  } while (got < 0 && errno == EINTR);
  if (got < 0) return base::system_failure("recvmsg", errno);
  Received received;
  received.size = static_cast<std::size_t>(got);
  const cmsghdr* rights = CMSG_FIRSTHDR(&header);
  if (rights != nullptr && rights->cmsg_type == SCM_RIGHTS) {
    const std::size_t count = (rights->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count && i < received.attached.size(); ++i) {
      int fd = -1;
      std::memcpy(&fd, CMSG_DATA(rights) + i * sizeof fd, sizeof fd);
      received.attached[i].reset(fd);
    }
  }
  return received;
}

base::Result<Launched> launch(const Host::State& host, const Program& program,
                              const Limits& limits) {
  static std::atomic<unsigned> counter{0};
  JUDGE_TRY_VOID(validate(program, limits));
  const unsigned number = static_cast<unsigned>(::getpid()) * 64U + counter.fetch_add(1) % 64U;
  JUDGE_TRY(const IdMap ids, IdMap::make(host.ids, number, host.visible_ids));
  JUDGE_TRY(RootRecipe recipe, RootRecipe::make(program));
  JUDGE_TRY(Channels channels, make_channels(program, ids));
  Launched launched;
  // One more than asked for: init.
  JUDGE_TRY(launched.group, cgroup::Group::make(host.bases, {limits.memory, limits.processes + 1}));
  JUDGE_TRY(const cgroup::Group::Entrance entrance, launched.group.open_entrance());
  const Prepared prepared = prepare(host, program, limits, ids, recipe, channels, entrance);
  {
    JUDGE_TRY(Cloned cloned, clone_init(prepared.plan, entrance.unified));
    launched.init = std::move(cloned.pidfd);
    launched.init_pid = cloned.pid;
  }
  if (auto mapped = ids.write_to(launched.init_pid); !mapped) {
    return base::fail(
        std::move(mapped).error().within(name_of(SetupStep::map_ids)).within("sandbox"));
  }
  launched.lifeline = std::move(channels.go.write);
  if (::write(launched.lifeline.get(), "", 1) != 1) return base::system_failure("write", errno);
  // Our copies of the child's ends: while they are open, nothing hangs up.
  channels.setup.second.reset();
  channels.status.second.reset();
  channels.output.write.reset();
  channels.error.write.reset();
  channels.input.read.reset();
  JUDGE_TRY_VOID(follow_setup(channels.setup.first.get(), recipe, program, launched));
  launched.status = std::move(channels.status.first);
  launched.input = std::move(channels.input.write);
  launched.output = std::move(channels.output.read);
  launched.error = std::move(channels.error.read);
  return launched;
}

}  // namespace sandbox
