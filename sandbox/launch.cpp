#include "sandbox/launch.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <string>
#include <vector>

#include "sandbox/base/io.hpp"
#include "sandbox/messages.hpp"
#include "sandbox/run_order.hpp"
#include "sandbox/setup_step.hpp"

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
std::vector<int> descriptors(const Host::State& host, const Program& program,
                             const Streams& streams) {
  std::vector<InheritedFd> inherited = program.inherited;
  std::sort(inherited.begin(), inherited.end(),
            [](const InheritedFd& a, const InheritedFd& b) { return a.number < b.number; });
  const int input = program.input != nullptr ? streams.input.read.get() : host.null_device.get();
  std::vector<int> sources{input, streams.output.write.get(), streams.error.write.get()};
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

// Until the program has been executed, or the run is over without.
base::Status follow_setup(const Program& program, Launched& launched) {
  std::optional<base::Error> failed;
  for (;;) {
    JUDGE_TRY_VOID(wait_readable(launched.slot->socket(), kSetupTimeout));
    wire::Notice notice{};
    JUDGE_TRY(Received received, receive(launched.slot->socket(), &notice, sizeof notice));
    if (received.size == 0) return base::fail(ended_from_outside(*launched.slot));
    if (received.size != sizeof notice) return base::internal("sandbox: a short notice of a slot");
    switch (notice.kind) {
      case wire::Notice::Kind::started:
        launched.listener = std::move(received.attached);
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

Launched::~Launched() {
  if (slot != nullptr && is_over) pool->give_back(std::move(slot));
}

base::Result<Launched> launch(const Host::State& host, const Program& program,
                              const Limits& limits) {
  JUDGE_TRY_VOID(check_program(program, limits));
  Launched launched;
  launched.pool = host.pool;
  JUDGE_TRY(launched.slot,
            host.pool->take(host, program, {limits.memory, limits.processes + kOwnProcesses}));
  JUDGE_TRY(Streams streams, make_streams(program, launched.slot->ids()));
  JUDGE_TRY_VOID(
      launched.slot->start(encode_run(host, program, limits), descriptors(host, program, streams)));
  launched.input = std::move(streams.input.write);
  launched.output = std::move(streams.output.read);
  launched.error = std::move(streams.error.read);
  // Our copies of the program's ends: while they are open, nothing hangs up.
  streams = Streams{};
  JUDGE_TRY_VOID(follow_setup(program, launched));
  return launched;
}

}  // namespace sandbox
