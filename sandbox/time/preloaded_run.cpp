#include "sandbox/time/preloaded_run.hpp"

#include <fcntl.h>
#include <linux/futex.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <string>
#include <utility>

#include <climits>

#include "sandbox/time/preload_image.hpp"

namespace sandbox::time {
namespace {

constexpr const char* kLibrary = "/clock/clock.so";
constexpr int kMostRings = 64;  // the kernel keeps fewer

// What is free in the program; it keeps them open, so that what it executes finds them too.
int free_number(const Program& program, int from) {
  const auto is_taken = [&](int number) {
    return std::any_of(program.inherited.begin(), program.inherited.end(),
                       [&](const InheritedFd& fd) { return fd.number == number; });
  };
  while (is_taken(from)) ++from;
  return from;
}

void set_variable(Program& program, const std::string& name, const std::string& value) {
  for (std::string& variable : program.environment) {
    if (variable.starts_with(name + "=")) {
      variable = name + "=" + value + ":" + variable.substr(name.size() + 1);
      return;
    }
  }
  program.environment.push_back(name + "=" + value);
}

}  // namespace

PreloadedRun::PreloadedRun(std::shared_ptr<VirtualClock> clock, base::UniqueFd bell,
                           base::UniqueFd their_bell, base::UniqueFd memory,
                           SharedPage<WaitPage> waits)
    : clock_{std::move(clock)},
      bell_{std::move(bell)},
      their_bell_{std::move(their_bell)},
      memory_{std::move(memory)},
      waits_{std::move(waits)} {
  clock_->preloaded_ = this;
}

PreloadedRun::~PreloadedRun() { clock_->preloaded_ = nullptr; }

base::Result<std::unique_ptr<PreloadedRun>> PreloadedRun::join(
    std::shared_ptr<VirtualClock> clock) {
  if (clock->preloaded_ != nullptr) {
    return base::invalid_input("sandbox: in mode preload one run at a time has a virtual clock");
  }
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) < 0) {
    return base::system_failure("sandbox: virtual clock: socketpair", errno);
  }
  base::UniqueFd bell{ends[0]};
  base::UniqueFd their_bell{ends[1]};
  JUDGE_TRY(base::UniqueFd memory, make_memory("waits", kPageSize));
  JUDGE_TRY(auto page, SharedPage<WaitPage>::map(memory.get()));
  page.store(&WaitPage::magic, kWaitMagic);
  page.store(&WaitPage::next_ns, kNoMoment);
  return std::unique_ptr<PreloadedRun>{new PreloadedRun{std::move(clock), std::move(bell),
                                                        std::move(their_bell), std::move(memory),
                                                        std::move(page)}};
}

void PreloadedRun::dress(Program& program) const {
  program.files.push_back(File{kLibrary, preload_image()});
  std::string numbers;
  int number = 3;
  for (const int source : {clock_->memory_->read_only.get(), memory_.get(), their_bell_.get()}) {
    number = free_number(program, number);
    program.inherited.push_back({.source = source, .number = number});
    numbers += (numbers.empty() ? "" : ",") + std::to_string(number);
  }
  set_variable(program, "LD_PRELOAD", kLibrary);
  program.environment.push_back("SANDBOX_CLOCK=" + numbers);
}

void PreloadedRun::begin(pid_t init) {
  their_bell_.reset();
  threads_.emplace(init, ThreadTable::NewProcesses::are_looked_for);
}

bool PreloadedRun::has_rung() const {
  bool any = false;
  char none = 0;
  for (int i = 0; i < kMostRings; ++i) {
    if (::recv(bell_.get(), &none, sizeof none, MSG_DONTWAIT) < 0) break;
    any = true;
  }
  return any;
}

std::optional<std::uint64_t> PreloadedRun::next_moment() const {
  const std::uint64_t next = waits_.load(&WaitPage::next_ns);
  return next == kNoMoment ? std::nullopt : std::optional{next};
}

bool PreloadedRun::is_at_rest() {
  if (!threads_) return false;
  return threads_->are_all_asleep() && threads_->count_living() == 1;
}

base::Status PreloadedRun::attend(int channel) {
  const bool rang = has_rung();
  const auto next = next_moment();
  auto& patience = clock_->patience_;
  if (!next || !is_taken_over()) {
    patience = VirtualClock::kForever;
    return {};
  }
  if (rang) last_jump_.reset();
  patience = rang ? VirtualClock::kShortestPatience
                  : std::min(VirtualClock::kLongestPatience, patience * 2);
  const std::uint64_t monotonic = clock_->memory_->page.load(&ClockPage::monotonic_ns);
  const std::uint64_t spun = clock_->bounded(waits_.load(&WaitPage::spun_ns));
  if (spun != 0 && *next <= monotonic + spun) {
    wake();
    return {};
  }
  // What has come while we looked was no rest.
  if (!is_at_rest() || has_rung() || next_moment() != next) return {};
  if (VirtualClock::is_answer_waiting(channel)) return {};
  // Who does not go on although its time has come gets no more of our attention than any other.
  if (last_jump_ != next) patience = VirtualClock::kShortestPatience;
  last_jump_ = next;
  jump(*next);
  return {};
}

void PreloadedRun::jump(std::uint64_t moment) {
  auto& page = clock_->memory_->page;
  const std::uint64_t spun = clock_->bounded(waits_.load(&WaitPage::spun_ns));
  const std::uint64_t now = page.load(&ClockPage::monotonic_ns) + spun;
  clock_->spun_ += VirtualClock::Nanoseconds{static_cast<std::int64_t>(spun)};
  if (moment > now) ++clock_->jumps_;
  page.store(&ClockPage::monotonic_ns, std::max(now, moment));
  waits_.store(&WaitPage::reads, 0);
  waits_.store(&WaitPage::spun_ns, 0);
  wake();
}

void PreloadedRun::wake() {
  waits_.store(&WaitPage::turn, waits_.load(&WaitPage::turn) + 1);
  (void)::syscall(SYS_futex, waits_.address(&WaitPage::turn), FUTEX_WAKE, INT_MAX, nullptr, nullptr,
                  0);
}

}  // namespace sandbox::time
