#include "sandbox/time/clocked_run.hpp"

#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <utility>

#include "sandbox/base/io.hpp"
#include "sandbox/filter/instructions.hpp"
#include "sandbox/time/guest_memory.hpp"
#include "sandbox/time/notification.hpp"
#include "sandbox/time/replace_vdso.hpp"
#include "sandbox/time/timed_calls.hpp"

#ifndef SECCOMP_IOCTL_NOTIF_SET_FLAGS  // Linux 6.6
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS SECCOMP_IOW(4, __u64)
#define SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP (1UL << 0)
#endif

namespace sandbox::time {
namespace {

constexpr std::uint64_t kBillion = 1'000'000'000;

bool is_special(const seccomp_notif& call) {
  if (call.data.arch != kNativeArch) return false;
  const auto& all = special_calls();
  return std::any_of(all.begin(), all.end(),
                     [&](const SpecialCall& special) { return special.number == call.data.nr; });
}

// The parent of a process, from proc(5)'s stat.
std::optional<pid_t> parent_of(pid_t process) {
  const auto stat = base::read_file("/proc/" + std::to_string(process) + "/stat", 4096);
  const std::size_t close = stat ? stat->rfind(") ") : std::string::npos;
  if (close == std::string::npos || close + 4 >= stat->size()) return std::nullopt;
  return static_cast<pid_t>(std::strtol(stat->c_str() + close + 4, nullptr, 10));
}

}  // namespace

ClockedRun::ClockedRun(std::shared_ptr<VirtualClock> clock, base::UniqueFd listener,
                       base::UniqueFd spin_memory, SharedPage<SpinPage> spin)
    : clock_{std::move(clock)},
      listener_{std::move(listener)},
      spin_memory_{std::move(spin_memory)},
      spin_{std::move(spin)} {
  clock_->runs_.push_back(this);
}

ClockedRun::~ClockedRun() {
  auto& parked = clock_->parked_;
  parked.erase(std::remove_if(parked.begin(), parked.end(),
                              [this](const Parked& one) { return one.run == this; }),
               parked.end());
  auto& runs = clock_->runs_;
  runs.erase(std::remove(runs.begin(), runs.end(), this), runs.end());
}

base::Result<std::unique_ptr<ClockedRun>> ClockedRun::join(std::shared_ptr<VirtualClock> clock,
                                                           base::UniqueFd listener) {
  // Who answers does not go on at once, so the one who was answered may have its processor: ten
  // times as fast as waking another one. Older kernels do not know it.
  (void)::ioctl(listener.get(), SECCOMP_IOCTL_NOTIF_SET_FLAGS, SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP);
  JUDGE_TRY(base::UniqueFd memory, make_memory("spin", kPageSize));
  JUDGE_TRY(auto page, SharedPage<SpinPage>::map(memory.get()));
  return std::unique_ptr<ClockedRun>{
      new ClockedRun{std::move(clock), std::move(listener), std::move(memory), std::move(page)}};
}

// ---- for the clock ----

base::Status ClockedRun::take_call(short ready) {
  if ((ready & POLLIN) == 0) {
    listener_.reset();
    return {};
  }
  seccomp_notif call{};
  // Fails when the caller was killed meanwhile.
  if (::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_RECV, &call) < 0) return {};
  return take_call(call);
}

bool ClockedRun::is_waiting(const Parked& parked) const {
  __u64 id = parked.call.id;
  return ::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0;
}

void ClockedRun::note_interrupted(const Parked& parked) {
  interrupted_[static_cast<pid_t>(parked.call.pid)] = parked.call.data;
}

void ClockedRun::let_kernel_answer(const Parked& parked) const {
  (void)time::let_kernel_answer(listener_.get(), parked.call.id);
}

void ClockedRun::answer(const seccomp_notif& call, long result) const {
  (void)time::answer(listener_.get(), call.id, result);
}

bool ClockedRun::are_asleep_at_a_glance(pid_t last_asker) const {
  if (!listener_.is_open()) return true;
  std::vector<pid_t> askers;
  for (const Parked& parked : clock_->parked_) {
    if (parked.run == this) askers.push_back(static_cast<pid_t>(parked.call.pid));
  }
  return threads_ && threads_->are_asleep_at_a_glance({askers, last_asker});
}

// A run that has not yet asked for its first execve is about to begin.
bool ClockedRun::are_all_asleep() {
  return !listener_.is_open() || (threads_ && threads_->are_all_asleep());
}

bool ClockedRun::are_still_asleep() {
  return !listener_.is_open() || (threads_ && threads_->are_still_asleep());
}

std::uint64_t ClockedRun::spun() const { return spin_.load(&SpinPage::spun_ns); }

void ClockedRun::reset_spun() const {
  spin_.store(&SpinPage::reads, 0);
  spin_.store(&SpinPage::spun_ns, 0);
}

// ---- calls ----

Now ClockedRun::now() const {
  const auto& page = clock_->memory_->page;
  return {page.load(&ClockPage::monotonic_ns) + spun(), page.load(&ClockPage::realtime_ns)};
}

base::Status ClockedRun::take_call(const seccomp_notif& call) {
  if (!is_special(call)) {
    forbidden_ = Forbidden{call.data.arch, call.data.nr};
    return {};
  }
  if (!threads_) {
    const auto init = parent_of(static_cast<pid_t>(call.pid));
    if (!init) return {};  // killed meanwhile
    threads_.emplace(*init);
  }
  switch (call.data.nr) {
    case SYS_fork:
    case SYS_vfork:
    case SYS_clone:
      has_forked_ = true;
      threads_->note_change();
      (void)time::let_kernel_answer(listener_.get(), call.id);
      return {};
    case SYS_execve:
    case SYS_execveat:
      return execute(call);
    case SYS_clock_gettime:
    case SYS_gettimeofday:
    case SYS_time:
    case SYS_sysinfo:
      answer(call, tell_time(call));
      return {};
    case SYS_alarm:
    case SYS_setitimer:
    case SYS_getitimer: {
      const ThreadTable::Owner owner = threads_->owner_of(static_cast<pid_t>(call.pid));
      answer(call, alarms_.take_call(call, owner.process, owner.pidfd, now().monotonic));
      return {};
    }
    default:
      take_wait(call);
      return {};
  }
}

base::Status ClockedRun::execute(const seccomp_notif& call) {
  const auto thread = static_cast<pid_t>(call.pid);
  const pid_t process = threads_->owner_of(thread).process;
  threads_->note_change();
  return execute_with_vdso({listener_.get(), call.id, thread, process == 0 ? thread : process},
                           {clock_->memory_->read_only.get(), spin_memory_.get()});
}

// For those who ask the kernel and not the vDSO.
long ClockedRun::tell_time(const seccomp_notif& call) const {
  const auto& arguments = call.data.args;
  const auto thread = static_cast<pid_t>(call.pid);
  const Now at = now();
  const std::uint64_t realtime = at.monotonic + at.realtime;
  const auto write = [&](std::uint64_t address, std::uint64_t seconds,
                         std::uint64_t parts) -> long {
    const std::uint64_t time[] = {seconds, parts};
    return write_memory(thread, address, time, sizeof time) ? 0 : -EFAULT;
  };
  switch (call.data.nr) {
    case SYS_clock_gettime: {
      const auto clock = static_cast<clockid_t>(arguments[0]);
      if (clock > CLOCK_TAI || clock == 10) return -EINVAL;  // 10 is no clock any more
      const std::uint64_t time = is_realtime(arguments[0]) ? realtime : at.monotonic;
      return write(arguments[1], time / kBillion, time % kBillion);
    }
    case SYS_gettimeofday:
      if (arguments[0] == 0) return 0;
      return write(arguments[0], realtime / kBillion, realtime % kBillion / 1000);
    case SYS_time: {
      const std::uint64_t seconds = realtime / kBillion;
      if (arguments[0] != 0 && !write_value(thread, arguments[0], seconds)) return -EFAULT;
      return static_cast<long>(seconds);
    }
    default: {
      struct ::sysinfo about {};
      (void)::sysinfo(&about);
      about.uptime = static_cast<long>(at.monotonic / kBillion);
      return write_value(thread, arguments[0], about) ? 0 : -EFAULT;
    }
  }
}

void ClockedRun::take_wait(const seccomp_notif& call) {
  const auto thread = static_cast<pid_t>(call.pid);
  // A wait that a signal has interrupted ends with EINTR, whatever the handler's flags say
  // (signal(7)); asked from outside, the kernel makes such a call again.
  auto& all = clock_->parked_;
  const auto stale = std::find_if(all.begin(), all.end(), [&](const Parked& parked) {
    return parked.run == this && parked.call.pid == call.pid;
  });
  if (stale != all.end()) {
    note_interrupted(*stale);
    all.erase(stale);
  }
  if (const auto found = interrupted_.find(thread); found != interrupted_.end()) {
    const bool again = std::memcmp(&found->second, &call.data, sizeof call.data) == 0;
    interrupted_.erase(found);
    if (again && call.data.nr != SYS_futex) return answer(call, -EINTR);
  }
  Answer told = read_wait(call, threads_->owner_of(thread).pidfd, now());
  Parked parked{this, call, std::move(told.wait)};
  switch (told.kind) {
    case Answer::Kind::park:
      clock_->parked_.push_back(std::move(parked));
      clock_->last_asker_ = thread;
      break;
    case Answer::Kind::go_on:
      let_kernel_answer(parked);
      break;
    case Answer::Kind::result:
      answer(call, told.result);
      break;
  }
}

}  // namespace sandbox::time
