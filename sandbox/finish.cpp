// The end of a run: nothing may be left, and the facts are put together.
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "sandbox/supervision.hpp"

namespace sandbox {
namespace {

// How long init may take to kill and reap what the program left behind, before we end init itself.
constexpr std::chrono::seconds kCleanUpTimeout{5};

Exit to_exit(int status) {
  if (WIFEXITED(status)) return Exit{Exit::Kind::exited, WEXITSTATUS(status)};
  return Exit{Exit::Kind::signaled, WTERMSIG(status)};
}

}  // namespace

// Afterwards everything is dead, and all that it has sent has been taken.
base::Status Supervision::wait_for_the_end() {
  Clock::time_point give_up = Clock::now() + kCleanUpTimeout;
  while (!init_ended_) {
    JUDGE_TRY(const bool unused, step(-1, give_up));
    (void)unused;  // there is no channel
    if (Clock::now() < give_up) continue;
    kill(EndedBy::caller);
    (void)launched_.init.send_signal(SIGKILL);
    give_up = Clock::now() + kCleanUpTimeout;
  }
  while (launched_.status.is_open()) JUDGE_TRY_VOID(take_message());  // hung up: this ends
  capture_.drain();
  return {};
}

base::Result<RunReport> Supervision::finish() {
  // The payload alone: had it just ended by itself, then init still tells how, and we are not what
  // ended it.
  const bool ended_by_caller = !is_over();
  if (ended_by_caller) (void)launched_.payload.send_signal(SIGKILL);
  JUDGE_TRY_VOID(wait_for_the_end());
  JUDGE_TRY(const base::Reaped reaped, launched_.init.reap());

  RunReport report;
  report.ended_by = ended_by_;
  report.out_of_memory = launched_.group.oom_kills() > 0;
  if (!main_status_ && !killed_ && !report.out_of_memory) {
    return base::fail(
        base::Error{base::Error::Kind::system, "sandbox: init was killed from outside"});
  }
  const bool killed =
      !main_status_ || (WIFSIGNALED(*main_status_) && WTERMSIG(*main_status_) == SIGKILL);
  if (ended_by_caller && killed && ended_by_ == EndedBy::program) report.ended_by = EndedBy::caller;
  report.exit = main_status_ ? to_exit(*main_status_) : Exit{Exit::Kind::signaled, SIGKILL};
  const auto measured = launched_.group.cpu();
  const cgroup::CpuTime cpu =
      measured ? *measured
               : cgroup::CpuTime{std::max(reaped.cpu_user, sampler_.cpu() - reaped.cpu_system),
                                 reaped.cpu_system};
  report.usage.cpu_user = cpu.user;
  report.usage.cpu_system = cpu.system;
  report.usage.wall = std::chrono::duration_cast<std::chrono::microseconds>(wall_);
  report.usage.peak_memory = peak_memory();
  report.usage.output = capture_.seen();
  report.forbidden_syscall = forbidden_syscall_;
  report.enforced = enforced_;
  decide_ending(report);
  report.standard_output = std::move(capture_.output().text);
  report.standard_error = std::move(capture_.error().text);
  report.artifacts = std::move(collected_);
  JUDGE_TRY_VOID(launched_.group.remove());
  return report;
}

base::Bytes Supervision::peak_memory() const {
  return launched_.group.peak_memory().value_or(sampler_.peak_memory());
}

// With a memory group the kernel says so itself. (Its peak would not do: it includes cached pages
// of files, which are given back before anything is killed, so a compiler that reads many headers
// reaches any limit without being short.) Without one, an allocation was refused and the program
// may have given up: an abnormal end close to the limit.
bool Supervision::was_short_of_memory(const RunReport& report) const {
  if (!samples_memory_) return false;
  const bool abnormal = report.exit != Exit{Exit::Kind::exited, 0};
  // Runtimes with a heap of their own abort as soon as the kernel refuses to extend it, long before
  // all that they reserved is in use.
  const bool aborted = report.exit == Exit{Exit::Kind::signaled, SIGTRAP} ||
                       report.exit == Exit{Exit::Kind::signaled, SIGABRT};
  const std::uint64_t quarters = aborted ? 1 : 3;
  return abnormal && report.usage.peak_memory.count() >= limits_.memory.count() / 4 * quarters;
}

// Only what the program may have done to itself is looked at again: which limit was the reason?
void Supervision::decide_ending(RunReport& report) const {
  switch (report.ended_by) {
    case EndedBy::output_limit:
    case EndedBy::memory_limit:
    case EndedBy::forbidden_syscall:
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
  else if (report.exit == Exit{Exit::Kind::signaled, SIGSYS})
    report.ended_by = EndedBy::forbidden_syscall;
}

}  // namespace sandbox
