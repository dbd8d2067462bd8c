#include "sandbox/launch.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include "sandbox/base/io.hpp"
#include "sandbox/messages.hpp"
#include "sandbox/run_order.hpp"
#include "sandbox/setup_step.hpp"
#include "sandbox/slot_recipe.hpp"

namespace sandbox {
namespace {

// Longer than any healthy host needs, even a very busy one.
constexpr std::chrono::seconds kSetupTimeout{30};

// Both ends of the standard streams. The program's ends die with this object.
struct Streams {
  base::Pipe input;  // not open when there is none
  base::Pipe output;
  base::Pipe error;
};

base::Result<Streams> make_streams(const Program& program, const IdMap& ids) {
  Streams streams;
  JUDGE_TRY(streams.output, base::make_pipe());
  JUDGE_TRY(streams.error, base::make_pipe());
  if (program.input != nullptr) {
    JUDGE_TRY(streams.input, base::make_pipe());
    JUDGE_TRY_VOID(base::set_nonblocking(streams.input.write.get()));
  }
  JUDGE_TRY_VOID(base::set_nonblocking(streams.output.read.get()));
  JUDGE_TRY_VOID(base::set_nonblocking(streams.error.read.get()));
  if (ids.inside.range != 0) {
    // Opening /dev/stdout by name asks for permission again, as the program's own user.
    for (const base::Pipe* pipe : {&streams.input, &streams.output, &streams.error}) {
      if (pipe->read.is_open())
        (void)::fchown(pipe->read.get(), ids.payload_outside, static_cast<gid_t>(-1));
    }
  }
  return streams;
}

// In the order of their numbers inside.
std::vector<int> descriptors(const Program& program, const Streams& streams) {
  std::vector<InheritedFd> inherited = program.inherited;
  std::sort(inherited.begin(), inherited.end(),
            [](const InheritedFd& a, const InheritedFd& b) { return a.number < b.number; });
  std::vector<int> sources;
  if (streams.input.read.is_open()) sources.push_back(streams.input.read.get());
  sources.push_back(streams.output.write.get());
  sources.push_back(streams.error.write.get());
  for (const InheritedFd& fd : inherited) sources.push_back(fd.source);
  return sources;
}

base::Error failure(const wire::Notice& notice, const Program& program) {
  std::string object;
  if (notice.step == SetupStep::execute && !program.arguments.empty()) {
    object = program.arguments.front();
  } else if (notice.step == SetupStep::change_folder) {
    object = program.working_directory;
  } else {
    object = describe_file(program, notice.object);
  }
  return setup_error(notice.step, notice.code, object);
}

base::Error ended_from_outside(Slot& slot) {
  if (slot.group().oom_kills() > 0) {
    return base::system_error("sandbox: the limit of memory is too small to start anything",
                              ENOMEM);
  }
  return base::system_error("sandbox: set-up was ended from outside, perhaps for want of memory",
                            ECHILD);
}

// A program under a clock asks before its first instruction: for its execve. It may be far beyond
// that before its start is told; so long time does not jump.
base::Status wait_for_notice(const Launched& launched) {
  const int socket = launched.slot->socket();
  if (launched.clocked == nullptr) return wait_readable(socket, kSetupTimeout);
  const auto until = std::chrono::steady_clock::now() + kSetupTimeout;
  for (;;) {
    std::vector<pollfd> fds{{socket, POLLIN, 0}};
    launched.clocked->clock().append_watched(fds);
    const int timeout = static_cast<int>(std::chrono::milliseconds{kSetupTimeout}.count());
    if (::poll(fds.data(), fds.size(), timeout) < 0 && errno != EINTR) {
      return base::system_failure("sandbox: poll", errno);
    }
    launched.clocked->clock().hold();
    const base::Status attended = launched.clocked->clock().attend();
    launched.clocked->clock().release();
    JUDGE_TRY_VOID(attended);
    if (fds.front().revents != 0) return {};
    if (std::chrono::steady_clock::now() > until) {
      return base::system_failure("sandbox: virtual clock", ETIMEDOUT);
    }
  }
}

// Until the program has been executed, or the run is over without.
base::Status follow_setup(const Host::State& host, const Program& program, Launched& launched) {
  std::optional<base::Error> failed;
  for (;;) {
    if (auto ready = wait_for_notice(launched); !ready) {
      return base::fail(std::move(ready).error().within("sandbox: set-up does not end"));
    }
    wire::Notice notice{};
    JUDGE_TRY(Received received, receive(launched.slot->socket(), &notice, sizeof notice));
    if (received.size == 0) return base::fail(ended_from_outside(*launched.slot));
    if (received.size != sizeof notice) return base::internal("sandbox: a short notice of a slot");
    switch (notice.kind) {
      case wire::Notice::Kind::filtered: {
        JUDGE_TRY(launched.clocked,
                  time::ClockedRun::join(program.clock, std::move(received.attached)));
        break;
      }
      case wire::Notice::Kind::started:
        if (launched.clocked != nullptr) return {};
        launched.listener = std::move(received.attached);
        // The kernel drops what we have no room for: forbidden calls would go unnoticed.
        if (host.on_forbidden == OnForbidden::ask_listener && !launched.listener.is_open()) {
          return base::fail(setup_error(SetupStep::make_pipes, EMFILE, {}));
        }
        return {};
      case wire::Notice::Kind::failed:
        failed = failure(notice, program);
        break;
      case wire::Notice::Kind::over:
        launched.is_over = true;
        return base::fail(failed ? std::move(*failed) : ended_from_outside(*launched.slot));
      case wire::Notice::Kind::slot_ready:
      case wire::Notice::Kind::ended:
      case wire::Notice::Kind::artifact:
        return base::internal("sandbox: a notice out of turn");
    }
  }
}

}  // namespace

CellState::~CellState() {
  if (slot == nullptr) return;
  slot->leave();
  pool->give_back(std::move(slot));
}

bool CellState::suits(const Program& program) const {
  return std::equal(files.begin(), files.end(), program.files.begin(), program.files.end(),
                    [](const File& a, const File& b) {
                      return a.path == b.path && a.content == b.content &&
                             a.executable == b.executable;
                    });
}

Launched::~Launched() {
  if (slot == nullptr || !is_over) return;
  if (cell != nullptr && is_unchanged && !slot->was_disturbed() && slot->is_fit()) {
    cell->slot = std::move(slot);
    return;
  }
  if (cell != nullptr) slot->leave();  // for nobody, where init has ended already
  pool->give_back(std::move(slot));
}

namespace {

// The cell's slot with all that the run before has left there, when that suits; else a fresh one.
base::Result<Stay> take_slot(const Host::State& host, const Program& program, const Limits& limits,
                             Launched& launched) {
  const cgroup::GroupLimits group{limits.memory, limits.processes + kOwnProcesses};
  if (launched.cell != nullptr && launched.cell->slot != nullptr) {
    JUDGE_TRY(const std::string key, SlotRecipe::key_for(program));
    std::unique_ptr<Slot> kept = std::move(launched.cell->slot);
    if (kept->key() == key && launched.cell->suits(program) && kept->is_fit() &&
        kept->group().begin(group)) {
      launched.slot = std::move(kept);
      return Stay::again;
    }
    kept->leave();
    launched.pool->give_back(std::move(kept));
  }
  JUDGE_TRY(launched.slot, host.pool->take(host, program, group));
  if (launched.cell == nullptr) return Stay::no;
  launched.cell->files = program.files;
  return Stay::keep;
}

// The parent of everything in the run. The slot has one child at a time.
pid_t init_of(pid_t slot) {
  const std::string number = std::to_string(slot);
  const auto children = base::read_file("/proc/" + number + "/task/" + number + "/children", 4096);
  return children ? static_cast<pid_t>(std::strtol(children->c_str(), nullptr, 10)) : 0;
}

}  // namespace

base::Result<Dressed> dress(const Program& program, const Limits& limits) {
  Dressed dressed{program, limits, nullptr};
  if (program.clock == nullptr || program.clock->mode() != TimeMode::preloaded) return dressed;
  JUDGE_TRY(dressed.preloaded, time::PreloadedRun::join(program.clock));
  dressed.preloaded->dress(dressed.program);
  time::PreloadedRun::dress(dressed.limits);
  return dressed;
}

void follow_clock(Launched& launched, std::unique_ptr<time::PreloadedRun> preloaded) {
  if (preloaded == nullptr) return;
  launched.preloaded = std::move(preloaded);
  launched.preloaded->begin(init_of(launched.slot->pid()));
}

base::Result<Launched> launch(const Host::State& host, const Program& program, const Limits& limits,
                              std::shared_ptr<CellState> cell) {
  JUDGE_TRY_VOID(check_program(host, program, limits));
  Launched launched;
  launched.pool = host.pool;
  if (!host.is_bare()) launched.cell = std::move(cell);  // there, no place can be shared
  JUDGE_TRY(const Stay stay, take_slot(host, program, limits, launched));
  launched.is_again = stay == Stay::again;
  JUDGE_TRY(Streams streams, make_streams(program, launched.slot->ids()));
  const std::string& folder = launched.slot->folder();
  if (!folder.empty()) launched.paths = PathMap::below(folder, program);
  JUDGE_TRY(const std::string order, encode_run(host, program, limits, stay, launched.paths));
  JUDGE_TRY_VOID(launched.slot->start(
      stay == Stay::again ? wire::Command::Kind::again : wire::Command::Kind::run, order,
      descriptors(program, streams)));
  launched.input = std::move(streams.input.write);
  launched.output = std::move(streams.output.read);
  launched.error = std::move(streams.error.read);
  // Our copies of the program's ends: while they are open, nothing hangs up.
  streams = Streams{};
  JUDGE_TRY_VOID(follow_setup(host, program, launched));
  return launched;
}

}  // namespace sandbox
