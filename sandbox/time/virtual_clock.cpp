#include "sandbox/time/virtual_clock.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>

#include "sandbox/base/io.hpp"
#include "sandbox/time/clock_memory.hpp"
#include "sandbox/time/clocked_run.hpp"
#include "sandbox/time/guest_memory.hpp"
#include "sandbox/time/preloaded_run.hpp"

namespace sandbox::time {
namespace {

constexpr std::uint64_t kMostSpun = std::uint64_t{3600} * 1'000'000'000;

// Signals that have come for a thread or its process and are blocked, from proc(5)'s status.
std::uint64_t pending_signals(pid_t thread) {
  const auto status = base::read_file("/proc/" + std::to_string(thread) + "/status", 16384);
  std::uint64_t pending = 0;
  for (const char* name : {"\nSigPnd:\t", "\nShdPnd:\t"}) {
    const std::size_t at = status ? status->find(name) : std::string::npos;
    if (at != std::string::npos) pending |= std::strtoull(status->c_str() + at + 9, nullptr, 16);
  }
  return pending;
}

// Of what poll(2) cannot watch.
bool has_word_or_signal(const Parked& parked) {
  const auto thread = static_cast<pid_t>(parked.call.pid);
  if (parked.wait.signals != 0 && (pending_signals(thread) & parked.wait.signals) != 0) return true;
  if (!parked.wait.word) return false;
  const auto word = read_value<std::uint32_t>(thread, *parked.wait.word);
  return word && *word != parked.wait.expected;
}

bool is_ready(const Parked& parked) {
  return has_word_or_signal(parked) ||
         std::any_of(parked.wait.watched.begin(), parked.wait.watched.end(),
                     [](const Wait::Watched& watched) {
                       pollfd fd{watched.fd.get(), watched.events, 0};
                       return ::poll(&fd, 1, 0) > 0;
                     });
}

}  // namespace

VirtualClock::VirtualClock(TimeMode mode, std::unique_ptr<ClockMemory> memory)
    : mode_{mode}, memory_{std::move(memory)}, patience_{kForever} {}

VirtualClock::~VirtualClock() = default;

bool VirtualClock::is_answer_waiting(int channel) {
  pollfd fd{channel, POLLIN, 0};
  return channel >= 0 && ::poll(&fd, 1, 0) > 0;
}

base::Result<std::shared_ptr<VirtualClock>> VirtualClock::make(TimeMode mode) {
  if (mode == TimeMode::real) return base::internal("sandbox: real time has no clock of ours");
  JUDGE_TRY(ClockMemory memory, ClockMemory::make());
  memory.page.store(&ClockPage::monotonic_ns, static_cast<std::uint64_t>(kMonotonicStart.count()));
  memory.page.store(&ClockPage::realtime_ns,
                    static_cast<std::uint64_t>((kRealtimeStart - kMonotonicStart).count()));
  return std::shared_ptr<VirtualClock>{
      new VirtualClock{mode, std::make_unique<ClockMemory>(std::move(memory))}};
}

VirtualClock::Nanoseconds VirtualClock::now() const {
  const auto monotonic = memory_->page.load(&ClockPage::monotonic_ns);
  return Nanoseconds{static_cast<std::int64_t>(monotonic)} - kMonotonicStart;
}

VirtualClock::Nanoseconds VirtualClock::realtime() const {
  const std::uint64_t monotonic = memory_->page.load(&ClockPage::monotonic_ns);
  const std::uint64_t more = memory_->page.load(&ClockPage::realtime_ns);
  return Nanoseconds{static_cast<std::int64_t>(monotonic + more)};
}

void VirtualClock::set_realtime(Nanoseconds since_1970) {
  const Nanoseconds forward = since_1970 - realtime();
  if (forward <= Nanoseconds{}) return;
  const std::uint64_t more = memory_->page.load(&ClockPage::realtime_ns);
  memory_->page.store(&ClockPage::realtime_ns, more + static_cast<std::uint64_t>(forward.count()));
}

bool VirtualClock::pass(Nanoseconds time) {
  if (preloaded_ != nullptr || held_ || runs_.size() != 1 || !runs_.front()->has_one_process())
    return false;
  if (time <= Nanoseconds{} || next_moment() || what_is_ready().calls) return false;
  take_spun();
  const std::uint64_t monotonic = memory_->page.load(&ClockPage::monotonic_ns);
  memory_->page.store(&ClockPage::monotonic_ns,
                      monotonic + static_cast<std::uint64_t>(time.count()));
  ++jumps_;
  return true;
}

std::uint64_t VirtualClock::bounded(std::uint64_t spun) { return std::min(spun, kMostSpun); }

bool VirtualClock::is_kept() const {
  return mode_ == TimeMode::notified || (preloaded_ != nullptr && preloaded_->is_taken_over());
}

void VirtualClock::append_watched(std::vector<pollfd>& fds) const {
  if (preloaded_ != nullptr) fds.push_back({preloaded_->bell(), POLLIN, 0});
  for (const ClockedRun* run : runs_) fds.push_back({run->listener(), POLLIN, 0});
  for (const Parked& parked : parked_) {
    for (const Wait::Watched& watched : parked.wait.watched) {
      fds.push_back({watched.fd.get(), watched.events, 0});
    }
  }
}

base::Status VirtualClock::attend(int channel) {
  if (preloaded_ != nullptr) return preloaded_->attend(channel);
  bool called = false;
  bool answered = false;
  for (int round = 0; round < kMostRounds; ++round) {
    const Ready ready = what_is_ready();
    if (!ready.calls && !ready.waits) break;
    if (ready.calls) JUDGE_TRY_VOID(take_calls());
    if (ready.waits) answered = answer_ready() || answered;
    called = called || ready.calls;
  }
  still_ = false;
  if (!held_ && !next_moment()) {
    patience_ = kForever;
    return {};
  }
  answered = answered || answer_overdue();
  if (answered) last_asker_ = 0;
  patience_ = called || answered ? kShortestPatience
                                 : std::clamp(patience_ * 2, kShortestPatience, kLongestPatience);
  if (answered || !are_all_at_rest()) return {};
  // What has come while we looked was no rest.
  patience_ = kShortestPatience;
  const Ready ready = what_is_ready();
  if (ready.calls || ready.waits || forget_interrupted()) return {};
  if (held_) {
    still_ = true;
  } else if (!is_answer_waiting(channel)) {
    jump();
  }
  return {};
}

void VirtualClock::hold() {
  held_ = true;
  still_ = false;
  patience_ = Nanoseconds{};
}

VirtualClock::Ready VirtualClock::what_is_ready() {
  polled_.clear();
  append_watched(polled_);
  Ready ready;
  if (::poll(polled_.data(), polled_.size(), 0) > 0) {
    const auto is_ready = [](const pollfd& fd) { return fd.revents != 0; };
    const auto waits = polled_.begin() + static_cast<std::ptrdiff_t>(runs_.size());
    ready.calls = std::any_of(polled_.begin(), waits, is_ready);
    ready.waits = std::any_of(waits, polled_.end(), is_ready);
  }
  if (!ready.calls && !ready.waits) {
    ready.waits = std::any_of(parked_.begin(), parked_.end(), has_word_or_signal);
  }
  return ready;
}

// One of each run where there is one, as what_is_ready() has just seen.
base::Status VirtualClock::take_calls() {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    if (polled_[i].revents != 0) JUDGE_TRY_VOID(runs_[i]->take_call(polled_[i].revents));
  }
  return {};
}

// Who need not wait any more: the kernel sees for itself, or the word has changed, or a signal has
// come. True if there was one.
bool VirtualClock::answer_ready() {
  return std::erase_if(parked_, [](const Parked& parked) {
           if (!is_ready(parked)) return false;
           if (!parked.run->is_waiting(parked)) {
             parked.run->note_interrupted(parked);
           } else if (parked.wait.word) {
             parked.run->answer(parked.call, 0);
           } else {
             parked.run->let_kernel_answer(parked);
           }
           return true;
         }) > 0;
}

// Those whose time has come because another thread of their run makes it pass.
bool VirtualClock::answer_overdue() {
  const std::uint64_t monotonic = memory_->page.load(&ClockPage::monotonic_ns);
  return std::erase_if(parked_, [&](const Parked& parked) {
           const std::uint64_t spun = bounded(parked.run->spun());
           if (spun == 0 || parked.wait.deadline > monotonic + spun) return false;
           if (parked.run->is_waiting(parked)) {
             parked.run->answer(parked.call, finish_wait(parked.call));
           } else {
             parked.run->note_interrupted(parked);
           }
           return true;
         }) > 0;
}

// Who does not wait any more although nobody has answered. True if there was one.
bool VirtualClock::forget_interrupted() {
  return std::erase_if(parked_, [](const Parked& parked) {
           if (parked.run->is_waiting(parked)) return false;
           parked.run->note_interrupted(parked);
           return true;
         }) > 0;
}

bool VirtualClock::are_all_at_rest() {
  // While it is held somebody wants to know who has run, which a glance does not tell.
  const auto at_a_glance = [this](const ClockedRun* run) {
    return run->are_asleep_at_a_glance(last_asker_);
  };
  const bool can_glance = !held_ && last_asker_ != 0;
  if (can_glance && std::all_of(runs_.begin(), runs_.end(), at_a_glance)) return true;
  const auto all = [this](bool (ClockedRun::*are_asleep)()) {
    return std::all_of(runs_.begin(), runs_.end(),
                       [&](ClockedRun* run) { return (run->*are_asleep)(); });
  };
  // One may have woken another that was looked at before it.
  return all(&ClockedRun::are_all_asleep) &&
         (runs_.size() == 1 || all(&ClockedRun::are_still_asleep));
}

// The earliest that anybody waits for.
std::optional<std::uint64_t> VirtualClock::next_moment() const {
  std::optional<std::uint64_t> first;
  const auto take = [&](std::uint64_t deadline) {
    first = std::min(first.value_or(deadline), deadline);
  };
  for (const Parked& parked : parked_) take(parked.wait.deadline);
  for (ClockedRun* run : runs_) {
    if (const auto alarm = run->alarms().deadline()) take(*alarm);
  }
  return first;
}

// One goes on: of several with the same moment the one that asked first, alarms before all.
void VirtualClock::jump() {
  take_spun();
  last_asker_ = 0;
  const std::uint64_t moment = *next_moment();
  if (moment > memory_->page.load(&ClockPage::monotonic_ns)) {
    memory_->page.store(&ClockPage::monotonic_ns, moment);
    ++jumps_;
  }
  for (ClockedRun* run : runs_) {
    if (const auto alarm = run->alarms().deadline(); alarm && *alarm <= moment) {
      return run->alarms().ring(moment);
    }
  }
  const auto first = std::find_if(parked_.begin(), parked_.end(), [&](const Parked& parked) {
    return parked.wait.deadline <= moment;
  });
  first->run->answer(first->call, finish_wait(first->call));
  parked_.erase(first);
}

// At rest nobody reads the clock, so what each program has added for itself can become everybody's.
void VirtualClock::take_spun() {
  std::uint64_t most = 0;
  for (const ClockedRun* run : runs_) most = std::max(most, bounded(run->spun()));
  const std::uint64_t monotonic = memory_->page.load(&ClockPage::monotonic_ns);
  memory_->page.store(&ClockPage::monotonic_ns, monotonic + most);
  spun_ += Nanoseconds{static_cast<std::int64_t>(most)};
  for (const ClockedRun* run : runs_) run->reset_spun();
}

}  // namespace sandbox::time
