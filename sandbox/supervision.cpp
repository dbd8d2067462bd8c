#include "sandbox/supervision.hpp"

#include <linux/seccomp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <span>
#include <thread>
#include <utility>

#include "sandbox/base/check.hpp"
#include "sandbox/base/io.hpp"
#include "sandbox/messages.hpp"

namespace sandbox {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kSamplingInterval{10};
constexpr milliseconds kCloseSamplingInterval{2};
constexpr milliseconds kShortestCheckInterval{1};
constexpr milliseconds kLongestCheckInterval{200};
constexpr milliseconds kForever{std::chrono::hours{24 * 365}};

bool is_readable(int fd) {
  pollfd poll_fd{fd, POLLIN, 0};
  return fd >= 0 && ::poll(&poll_fd, 1, 0) > 0;
}

timespec to_timespec(std::chrono::nanoseconds duration) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
  return timespec{static_cast<time_t>(seconds.count()),
                  static_cast<long>((duration - seconds).count())};
}

std::string why_absent(int code) {
  switch (code) {
    case ENOENT:
      return "the program did not write it";
    case ELOOP:
      return "a symbolic link is on its path";
    case EISDIR:
      return "it is a folder";
    case EINVAL:
    case ENXIO:
      return "it is not a regular file";
    case EMLINK:
      return "it has more than one name";
    default:
      return "it cannot be opened: " + base::describe_errno(code);
  }
}

// Whether any is ready before `most` is over, and no signal came.
base::Result<bool> poll_for(std::span<pollfd> fds, std::chrono::nanoseconds most) {
  const timespec timeout = to_timespec(most);
  const int ready = ::ppoll(fds.data(), fds.size(), &timeout, nullptr);
  if (ready < 0 && errno != EINTR) return base::system_failure("sandbox: ppoll", errno);
  return ready > 0;
}

// How soon the tree can have used up `left` at the earliest: all processors at once.
milliseconds check_interval(std::chrono::microseconds left, int processes) {
  static const unsigned processors = std::max(1U, std::thread::hardware_concurrency());
  const unsigned parallel = std::min(processors, static_cast<unsigned>(std::max(1, processes)));
  const auto soonest = std::chrono::duration_cast<milliseconds>(left / parallel);
  return std::clamp(soonest, kShortestCheckInterval, kLongestCheckInterval);
}

// Sampling starts at once: what ends soon would never be seen.
milliseconds first_check(const Limits& limits) {
  return std::min(kSamplingInterval, check_interval(limits.cpu, limits.processes));
}

}  // namespace

Supervision::Supervision(const Host::State& host, const Program& program, const Limits& limits,
                         Launched&& launched)
    : launched_{std::move(launched)},
      clock_{program.clock},
      limits_{limits},
      enforced_{host.enforced},
      artifacts_{program.artifacts},
      capture_{std::move(launched_.output), std::move(launched_.error), limits.output},
      feed_{std::move(launched_.input), program.input},
      sampler_{launched_.slot->pid()},
      names_forbidden_{launched_.listener.is_open() || launched_.clocked != nullptr},
      samples_memory_{host.bases.memory.version == cgroup::Version::none},
      samples_cpu_{host.bases.cpu.version == cgroup::Version::none},
      samples_processes_{host.samples_processes()},
      scratch_{host.is_bare() ? launched_.paths.path("/tmp") : "", limits.scratch,
               limits.scratch_inodes},
      next_check_{Clock::now() + first_check(limits)} {
  if (launched_.clocked != nullptr) enforced_.time = name_of(TimeMode::notified);
  if (launched_.is_again && (samples_memory_ || samples_cpu_)) sampler_.forget_past();
  for (const Artifact& artifact : artifacts_) {
    collected_.push_back(
        CollectedArtifact{artifact.path, std::nullopt, "the run was ended before"});
  }
}

base::Result<Process::Wake> Supervision::wait(int channel, std::optional<milliseconds> timeout) {
  using Wake = Process::Wake;
  Clock::time_point counted = Clock::now();  // up to here, wall time is in wall_
  const Clock::time_point until = counted + std::min(timeout.value_or(kForever), kForever);
  if (channel >= 0 && launched_.clocked != nullptr) {
    processor_.keep_together(launched_.clocked->main_thread(), counted);
  }
  for (;;) {
    // The last words lie in the channel before the end can be known, so this order cannot miss
    // them.
    if (is_over()) return is_readable(channel) ? Wake::channel_ready : Wake::ended;
    auto ready = step(channel, next_deadline(until));
    const Clock::time_point now = Clock::now();
    wall_ += now - std::exchange(counted, now);
    if (!ready) return base::fail(std::move(ready).error());
    check_limits();
    if (*ready) return Wake::channel_ready;
    if (!is_over() && now >= until) return Wake::timeout;
  }
}

// Time stands still meanwhile: it would jump to what another thread waits for.
base::Result<Process::Rest> Supervision::wait_until_still() {
  JUDGE_CHECK(launched_.clocked != nullptr, "only a program under a clock is watched like this");
  time::VirtualClock& clock = launched_.clocked->clock();
  clock.hold();
  Clock::time_point counted = Clock::now();
  base::Result<bool> ready = false;
  while (ready && !is_over() && !clock.is_still()) {
    ready = step(-1, next_deadline(counted + kForever));
    const Clock::time_point now = Clock::now();
    wall_ += now - std::exchange(counted, now);
    check_limits();
  }
  clock.release();
  if (!ready) return base::fail(std::move(ready).error());
  if (is_over()) return Process::Rest::ended;
  return launched_.clocked->take_others_ran() ? Process::Rest::others_ran
                                              : Process::Rest::others_slept;
}

Supervision::Clock::time_point Supervision::next_deadline(Clock::time_point until) const {
  const Clock::time_point now = Clock::now();
  const Clock::time_point wall_limit =
      now + (limits_.wall - std::min<Clock::duration>(wall_ - wall_before_, limits_.wall));
  return std::min({until, wall_limit, next_check_});
}

base::Result<bool> Supervision::step(int channel, Clock::time_point until) {
  enum Place {
    channel_place,
    output_place,
    error_place,
    input_place,
    slot_place,
    listener_place,
    place_count
  };
  std::vector<pollfd>& fds = polled_;
  fds.assign(place_count, {});
  const auto watch = [&](Place place, int fd, short events) { fds[place] = pollfd{fd, events, 0}; };
  watch(channel_place, channel, POLLIN);
  watch(output_place, capture_.output().fd.get(), POLLIN);
  watch(error_place, capture_.error().fd.get(), POLLIN);
  watch(input_place, feed_.fd(), POLLOUT);
  watch(slot_place, all_ended_ ? -1 : launched_.slot->socket(), POLLIN);
  watch(listener_place, launched_.listener.get(), POLLIN);

  auto left = std::max(Clock::duration{}, until - Clock::now());
  if (clock_ != nullptr) {
    clock_->append_watched(fds);
    left = std::min(left, clock_->patience());
  }
  // Between a caller and a program that talk mostly nothing but the channel is ready.
  if (channel >= 0 && (clock_ == nullptr || clock_->is_patient())) {
    const int rest = others_.fd_for({fds.begin() + output_place, fds.end()});
    std::array<pollfd, 2> few{{{channel, POLLIN, 0}, {rest, POLLIN, 0}}};
    if (rest >= 0) {
      JUDGE_TRY(const bool any, poll_for(few, left));
      if (few[1].revents == 0) return any;
      left = {};
    }
  }
  JUDGE_TRY_VOID(poll_for(fds, left));
  const auto happened = [&](Place place) { return fds[place].revents != 0; };
  if (happened(input_place)) feed_.feed();
  if (happened(output_place) || happened(error_place)) capture_.drain();
  if ((fds[listener_place].revents & POLLIN) != 0)
    take_forbidden_call();
  else if (happened(listener_place))
    launched_.listener.reset();  // nobody with the filter lives any more
  const bool clock_asked = std::any_of(fds.begin() + place_count, fds.end(),
                                       [](const pollfd& fd) { return fd.revents != 0; });
  if (clock_ != nullptr && (clock_asked || !clock_->is_patient())) {
    JUDGE_TRY_VOID(clock_->attend(channel));
  }
  take_forbidden_call_from_clock();
  if (happened(slot_place)) JUDGE_TRY_VOID(take_notice());
  return happened(channel_place);
}

void Supervision::kill(EndedBy reason) {
  if (is_over()) return;
  ended_by_ = reason;
  killed_ = true;
  launched_.slot->kill();
}

void Supervision::check_limits() {
  if (is_over()) return;
  if (capture_.exceeded()) return kill(EndedBy::output_limit);
  if (wall_ - wall_before_ >= limits_.wall) return kill(EndedBy::wall_limit);
  const Clock::time_point now = Clock::now();
  if (now < next_check_) return;
  if (samples_memory_ || samples_cpu_ || samples_processes_) sampler_.sample();
  launched_.slot->group().note_memory();
  const cgroup::CpuTime used = samples_cpu_ ? sampler_.cpu() : cpu();
  const auto left = limits_.cpu - (used.user + used.system);
  if (left < left.zero()) return kill(EndedBy::cpu_limit);
  check_sampled_limits();
  if (is_over()) return;
  // The kernel has chosen one of the tree; the others would go on without it, or wait for it.
  if (launched_.slot->group().oom_kills() > 0) return kill(EndedBy::memory_limit);
  milliseconds interval = check_interval(left, limits_.processes);
  if (samples_memory_ || samples_cpu_ || samples_processes_ || scratch_.is_open()) {
    interval = std::min(interval, kSamplingInterval);
  }
  // What has grown this far may be there before the usual time.
  if (samples_memory_ && sampler_.memory().count() > limits_.memory.count() / 2) {
    interval = std::min(interval, kCloseSamplingInterval);
  }
  next_check_ = now + interval;
}

void Supervision::check_sampled_limits() {
  // Before memory: very many processes take much of that, too.
  if (samples_processes_ && sampler_.processes() > limits_.processes) {
    return kill(EndedBy::process_limit);
  }
  if (samples_memory_ && sampler_.memory() > limits_.memory) return kill(EndedBy::memory_limit);
  if (scratch_.is_over()) return kill(EndedBy::scratch_limit);
}

cgroup::CpuTime Supervision::cpu() {
  if (const auto measured = launched_.slot->group().cpu()) return *measured;
  sampler_.sample();
  return sampler_.cpu();
}

base::Status Supervision::take_notice() {
  wire::Notice notice{};
  JUDGE_TRY(Received received, receive(launched_.slot->socket(), &notice, sizeof notice));
  if (received.size == 0) {
    all_ended_ = true;  // the slot is gone, and with it everything inside
    return {};
  }
  if (received.size != sizeof notice) return base::internal("sandbox: a short notice of a slot");
  switch (notice.kind) {
    case wire::Notice::Kind::ended:
      main_status_ = notice.code;
      break;
    case wire::Notice::Kind::artifact:
      take_artifact(notice.object, notice.code, received.attached);
      break;
    case wire::Notice::Kind::over:
      over_ = notice;
      if ((notice.object & wire::kStatusKnown) != 0) main_status_ = notice.code;
      all_ended_ = true;
      // We may have killed init in the middle of this report of its own: the slot ends then, too.
      launched_.is_over = !killed_ || (notice.object & wire::kStatusKnown) == 0;
      launched_.is_unchanged = (notice.object & wire::kUnchanged) != 0;
      break;
    case wire::Notice::Kind::slot_ready:
    case wire::Notice::Kind::failed:
    case wire::Notice::Kind::filtered:
    case wire::Notice::Kind::started:
      return base::internal("sandbox: a notice out of turn");
  }
  return {};
}

void Supervision::take_artifact(std::int32_t object, int code, const base::UniqueFd& file) {
  if (object < 0 || static_cast<std::size_t>(object) >= artifacts_.size()) return;
  const auto index = static_cast<std::size_t>(object);
  CollectedArtifact& artifact = collected_[index];
  const std::uint64_t limit = artifacts_[index].limit.count();
  struct stat about {};
  if (code == 0 && ::fstat(file.get(), &about) < 0) code = errno;
  if (code == 0 && !S_ISREG(about.st_mode))
    code = EINVAL;  // init has looked already; believe nobody
  if (code != 0) {
    artifact.why_absent = why_absent(code);
    return;
  }
  if (about.st_size < 0 || static_cast<std::uint64_t>(about.st_size) > limit) {
    artifact.why_absent = "it is larger than " + base::to_string(artifacts_[index].limit);
    return;
  }
  auto content = base::read_from_start(file.get(), static_cast<std::size_t>(limit));
  if (content) {
    artifact.content = std::move(*content);
    artifact.why_absent.clear();
  } else {
    artifact.why_absent = content.error().message();
  }
}

// The clock may have met it before, on behalf of whoever attended to it: another run, or the
// launch.
void Supervision::take_forbidden_call_from_clock() {
  if (launched_.clocked == nullptr || is_over()) return;
  if (const auto& call = launched_.clocked->forbidden()) {
    forbidden_syscall_ = name_of_call(call->architecture, call->number);
    kill(EndedBy::forbidden_syscall);
  }
}

// The caller of the forbidden system call is held until it is answered, which it never is.
void Supervision::take_forbidden_call() {
  seccomp_notif call{};
  const bool received = ::ioctl(launched_.listener.get(), SECCOMP_IOCTL_NOTIF_RECV, &call) == 0;
  if (!received || is_over()) return;  // killed before we looked (ENOENT), or about to be
  forbidden_syscall_ = name_of_call(call.data.arch, call.data.nr);
  kill(EndedBy::forbidden_syscall);
}

}  // namespace sandbox
