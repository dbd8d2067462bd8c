#include "sandbox/launcher_process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <memory>

#include "sandbox/base/io.hpp"
#include "sandbox/launcher_image.hpp"
#include "sandbox/messages.hpp"
#include "sandbox/setup_step.hpp"
#include "sandbox/wire/order.hpp"

namespace sandbox {
namespace {

constexpr int kControl = 3;  // where the launcher expects its socket
constexpr std::chrono::seconds kOrderTimeout{30};
constexpr std::chrono::seconds kEndTimeout{10};

base::Result<base::UniqueFd> image_in_memory() {
  const std::span<const char> image = launcher_image();
  base::UniqueFd file{::memfd_create("sandbox-launcher", MFD_CLOEXEC)};
  if (!file.is_open()) return base::fail(setup_error(SetupStep::start_launcher, errno, {}));
  for (std::size_t done = 0; done < image.size();) {
    const ssize_t wrote = ::write(file.get(), image.data() + done, image.size() - done);
    if (wrote < 0) return base::fail(setup_error(SetupStep::start_launcher, errno, {}));
    done += static_cast<std::size_t>(wrote);
  }
  return file;
}

// posix_spawn(3) shares memory with the child until it is executed, so the size of this process
// does not matter. Nothing is inherited but the socket: the launcher closes everything else, marked
// close-on-exec or not.
int spawn(int image, int control, pid_t& pid) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  (void)::posix_spawn_file_actions_init(&actions);
  (void)::posix_spawnattr_init(&attributes);
  (void)::posix_spawn_file_actions_adddup2(&actions, control, kControl);
  sigset_t all;
  ::sigfillset(&all);
  (void)::posix_spawnattr_setsigdefault(&attributes, &all);
  (void)::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  const std::string path = "/proc/self/fd/" + std::to_string(image);
  char name[] = "sandbox-launcher";
  char* const arguments[] = {name, nullptr};
  char* const environment[] = {nullptr};
  const int code = ::posix_spawn(&pid, path.c_str(), &actions, &attributes, arguments, environment);
  (void)::posix_spawnattr_destroy(&attributes);
  (void)::posix_spawn_file_actions_destroy(&actions);
  return code;
}

}  // namespace

LauncherProcess::LauncherProcess(base::Pidfd process, base::UniqueFd control)
    : process_{std::move(process)}, control_{std::move(control)} {}

LauncherProcess::~LauncherProcess() {
  kill();
  control_.reset();  // ends it too, should signals by pidfd be refused
  (void)process_.reap();
}

void LauncherProcess::kill() const {
  if (has_bare_slots_) {
    (void)::shutdown(control_.get(), SHUT_RDWR);
    if (wait_readable(process_.get(), kEndTimeout)) return;
  }
  (void)process_.send_signal(SIGKILL);
}

base::Result<std::unique_ptr<LauncherProcess>> LauncherProcess::start() {
  JUDGE_TRY(base::UniqueFd image, image_in_memory());
  JUDGE_TRY(base::SocketPair control, base::make_socket_pair());
  // dup2 onto itself would keep close-on-exec.
  if (control.second.get() == kControl) {
    control.second.reset(::fcntl(kControl, F_DUPFD_CLOEXEC, kControl + 1));
  }
  if (image.get() == kControl) image.reset(::fcntl(kControl, F_DUPFD_CLOEXEC, kControl + 1));
  if (!control.second.is_open() || !image.is_open()) {
    return base::fail(setup_error(SetupStep::make_pipes, errno, {}));
  }
  pid_t pid = -1;
  if (const int code = spawn(image.get(), control.second.get(), pid); code != 0) {
    return base::fail(setup_error(SetupStep::start_launcher, code, {}));
  }
  base::UniqueFd pidfd{static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))};
  if (!pidfd.is_open()) {
    base::Error refused = setup_error(SetupStep::start_launcher, errno, {});
    control.first.reset();  // which ends it
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
    return base::fail(std::move(refused));
  }
  return std::unique_ptr<LauncherProcess>{
      new LauncherProcess{base::Pidfd{std::move(pidfd)}, std::move(control.first)}};
}

base::Result<LauncherProcess::Made> LauncherProcess::make_slot(std::string_view block,
                                                               std::span<const int> attached) {
  const std::lock_guard lock{orders_};
  // Also one that is only late: its reply would be taken for that to the next order.
  const auto give_up = [&] {
    kill();
    (void)wait_readable(process_.get(), kOrderTimeout);  // from here on is_alive() says so
  };
  const auto gone = [&](int code) {
    give_up();
    return base::fail(setup_error(SetupStep::send_order, code, "the launcher was killed"));
  };
  if (block.size() > wire::kLargestSlotOrder || attached.size() > wire::kMostDescriptors) {
    return base::fail(setup_error(SetupStep::send_order, E2BIG, {}));
  }
  if (!send(control_.get(), block, attached)) return gone(EPIPE);
  wire::SlotReply reply{};
  const base::Status answered = wait_readable(control_.get(), kOrderTimeout);
  auto got = answered ? receive(control_.get(), &reply, sizeof reply)
                      : base::Result<Received>{base::fail(answered.error())};
  if (!got) {
    give_up();
    return base::fail(std::move(got).error().within("sandbox: the launcher does not answer"));
  }
  Received received = std::move(*got);
  if (received.size == 0) return gone(EPIPE);
  if (received.size != sizeof reply)
    return base::internal("sandbox: a short reply of the launcher");
  if (reply.code != 0) return base::fail(setup_error(reply.step, reply.code, {}));
  // The kernel drops what we have no room for.
  if (!received.attached.is_open()) {
    return base::fail(setup_error(SetupStep::make_pipes, EMFILE, {}));
  }
  return Made{base::Pidfd{std::move(received.attached)}, reply.pid};
}

}  // namespace sandbox
