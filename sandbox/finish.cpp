// The end of a run: nothing may be left, and the facts are put together.
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "sandbox/run_order.hpp"
#include "sandbox/supervision.hpp"

namespace sandbox {
namespace {

// How long init may take to kill and reap what the program left behind, before init itself is
// ended.
constexpr std::chrono::seconds kCleanUpTimeout{5};

Exit to_exit(int status) {
  if (WIFEXITED(status)) return Exit{Exit::Kind::exited, WEXITSTATUS(status)};
  return Exit{Exit::Kind::signaled, WTERMSIG(status)};
}

}  // namespace

// Afterwards everything is dead, and all that it has sent has been taken.
base::Status Supervision::wait_for_the_end() {
  Clock::time_point give_up = Clock::now() + kCleanUpTimeout;
  for (int missed = 0; !all_ended_;) {
    JUDGE_TRY(const bool unused, step(-1, give_up));
    (void)unused;  // there is no channel
    if (Clock::now() < give_up) continue;
    give_up = Clock::now() + kCleanUpTimeout;
    ++missed;
    kill(EndedBy::caller);
    if (missed == 1) launched_.slot->kill();
    if (missed == 2) launched_.slot->end();  // somebody has stopped it
    if (missed == 3) return base::system_failure("sandbox: the run cannot be ended", ETIMEDOUT);
  }
  capture_.drain();
  return {};
}

cgroup::CpuTime Supervision::final_cpu() const {
  using std::chrono::microseconds;
  if (const auto measured = launched_.slot->group().cpu()) return *measured;
  cgroup::CpuTime cpu = sampler_.cpu();
  if (!over_) return cpu;
  cpu.user = std::max(cpu.user, microseconds{over_->cpu_user_us});
  cpu.system = std::max(cpu.system, microseconds{over_->cpu_system_us});
  return cpu;
}

base::Result<RunReport> Supervision::finish() {
  // The payload alone: had it just ended by itself, then init still tells how, and we are not what
  // ended it.
  const bool ended_by_caller = !is_over();
  if (ended_by_caller) launched_.slot->stop();
  JUDGE_TRY_VOID(wait_for_the_end());

  RunReport report;
  report.ended_by = ended_by_;
  report.out_of_memory = launched_.slot->group().oom_kills() > 0;
  // Also when the program's end is known but not all that it left behind.
  const bool cut_short = !main_status_ || (!artifacts_.empty() &&
                                           !(over_ && (over_->object & wire::kStatusKnown) != 0));
  if (cut_short && !killed_ && !report.out_of_memory) {
    return base::fail(
        base::Error{base::Error::Kind::system, "sandbox: the run was killed from outside"});
  }
  const bool killed =
      !main_status_ || (WIFSIGNALED(*main_status_) && WTERMSIG(*main_status_) == SIGKILL);
  if (ended_by_caller && killed && ended_by_ == EndedBy::program) report.ended_by = EndedBy::caller;
  report.exit = main_status_ ? to_exit(*main_status_) : Exit{Exit::Kind::signaled, SIGKILL};
  const cgroup::CpuTime cpu = final_cpu();
  report.usage.cpu_user = cpu.user;
  report.usage.cpu_system = cpu.system;
  report.usage.wall = std::chrono::duration_cast<std::chrono::microseconds>(wall_);
  report.usage.peak_memory = peak_memory();
  report.usage.output = capture_.seen();
  report.forbidden_syscall = forbidden_syscall_;
  report.enforced = enforced_;
  if (launched_.preloaded != nullptr && launched_.preloaded->is_taken_over()) {
    report.enforced.time = name_of(TimeMode::preloaded);
  }
  decide_ending(report);
  report.standard_output = paths().told(std::move(capture_.output().text));
  report.standard_error = paths().told(std::move(capture_.error().text));
  report.artifacts = std::move(collected_);
  return report;
}

base::Bytes Supervision::peak_memory() const {
  if (const auto measured = launched_.slot->group().peak_memory()) return *measured;
  const auto largest =
      over_ ? static_cast<std::uint64_t>(std::max<std::int64_t>(0, over_->largest_rss)) : 0;
  return std::max(sampler_.peak_memory(), base::Bytes{largest});
}

// With a memory group the kernel says so itself. (Its peak would not do: it includes cached pages
// of files, which are given back before anything is killed, so a compiler that reads many headers
// reaches any limit without being short.) Without one, an allocation was refused and the program
// may have given up: an abnormal end close to the limit, or to what it may ask for.
bool Supervision::was_short_of_memory(const RunReport& report) const {
  if (!samples_memory_) return false;
  const bool abnormal = report.exit != Exit{Exit::Kind::exited, 0};
  const auto is_close = [](base::Bytes amount, base::Bytes limit) {
    return amount.count() >= limit.count() / 4 * 3;
  };
  return abnormal && (is_close(sampler_.peak_memory(), limits_.memory) ||
                      is_close(sampler_.largest_data(), data_limit(limits_)));
}

// Only what the program may have done to itself is looked at again: which limit was the reason?
void Supervision::decide_ending(RunReport& report) const {
  switch (report.ended_by) {
    case EndedBy::output_limit:
    case EndedBy::memory_limit:
    case EndedBy::forbidden_syscall:
    case EndedBy::process_limit:
    case EndedBy::scratch_limit:
      return;
    case EndedBy::program:
    case EndedBy::cpu_limit:
    case EndedBy::wall_limit:
    case EndedBy::caller:
      break;
  }
  if (report.out_of_memory) {
    report.ended_by = EndedBy::memory_limit;
    return;
  }
  if (report.ended_by != EndedBy::program) return;
  if (capture_.exceeded())
    report.ended_by = EndedBy::output_limit;
  else if (report.usage.cpu_user + report.usage.cpu_system > limits_.cpu)
    report.ended_by = EndedBy::cpu_limit;
  else if (was_short_of_memory(report))
    report.ended_by = EndedBy::memory_limit;
  else if (!names_forbidden_ && report.exit == Exit{Exit::Kind::signaled, SIGSYS})
    report.ended_by = EndedBy::forbidden_syscall;
}

}  // namespace sandbox
