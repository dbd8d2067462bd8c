// Supervision: one run from its first instruction to its last trace. The mechanism behind Process.
// One poll loop over everything that connects caller and run; every limit is checked in one place.
#pragma once

#include <poll.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/bare/scratch_sampler.hpp"
#include "sandbox/host_state.hpp"
#include "sandbox/input_feed.hpp"
#include "sandbox/launch.hpp"
#include "sandbox/limits.hpp"
#include "sandbox/one_processor.hpp"
#include "sandbox/output_capture.hpp"
#include "sandbox/process.hpp"
#include "sandbox/program.hpp"
#include "sandbox/run_report.hpp"
#include "sandbox/tree_sampler.hpp"
#include "sandbox/watch_set.hpp"
#include "sandbox/wire/order.hpp"

namespace sandbox {

class Supervision {
 public:
  Supervision(const Host::State& host, const Program& program, const Limits& limits,
              Launched&& launched);

  base::Result<Process::Wake> wait(int channel, std::optional<std::chrono::milliseconds> timeout);
  // The wall limit counts from here.
  void renew_wall() { wall_before_ = wall_; }
  base::Result<Process::Rest> wait_until_still();
  [[nodiscard]] cgroup::CpuTime cpu();
  [[nodiscard]] base::Bytes output() const { return capture_.seen(); }
  [[nodiscard]] std::optional<int> processes() const { return launched_.slot->group().processes(); }
  [[nodiscard]] const PathMap& paths() const { return launched_.paths; }
  base::Result<RunReport> finish();

 private:
  using Clock = std::chrono::steady_clock;  // CLOCK_MONOTONIC

  // The main process has ended, or we have ended the run.
  [[nodiscard]] bool is_over() const { return main_status_.has_value() || all_ended_ || killed_; }
  void kill(EndedBy reason);

  // One round: sleeps until something happens or `until`, and takes care of it. True when `channel`
  // is ready.
  base::Result<bool> step(int channel, Clock::time_point until);
  void check_limits();
  // Of those that nothing but looking can keep.
  void check_sampled_limits();
  // The next time at which a limit could be reached, at most `until`.
  [[nodiscard]] Clock::time_point next_deadline(Clock::time_point until) const;
  base::Status take_notice();
  void take_artifact(std::int32_t object, int code, const base::UniqueFd& file);
  void take_forbidden_call();
  void take_forbidden_call_from_clock();

  base::Status wait_for_the_end();
  [[nodiscard]] cgroup::CpuTime final_cpu() const;
  [[nodiscard]] base::Bytes peak_memory() const;
  [[nodiscard]] bool was_short_of_memory(const RunReport& report) const;
  void decide_ending(RunReport& report) const;

  Launched launched_;
  std::shared_ptr<time::VirtualClock> clock_;  // null: none
  Limits limits_;
  Enforced enforced_;
  std::vector<Artifact> artifacts_;
  std::vector<CollectedArtifact> collected_;
  OutputCapture capture_;
  InputFeed feed_;
  std::vector<pollfd> polled_;
  WatchSet others_;         // all of them but the channel
  OneProcessor processor_;  // shared with the caller, of a program under a clock
  TreeSampler sampler_;
  bool names_forbidden_;  // by its listener: SIGSYS is the program's own doing then
  bool samples_memory_;
  bool samples_cpu_;
  bool samples_processes_;
  ScratchSampler scratch_;  // over its limit only where the scratch space has no cap of its own

  Clock::duration wall_{};          // spent in wait() while the program ran
  Clock::duration wall_before_{};   // of that, what the limit no longer counts
  Clock::time_point next_check_{};  // of CPU time and memory
  std::optional<int> main_status_;
  bool all_ended_ = false;  // nothing of the run is left
  std::optional<wire::Notice>
      over_;             // the slot's last word; missing when the slot itself was killed
  bool killed_ = false;  // by us, the whole tree
  EndedBy ended_by_ = EndedBy::program;
  std::optional<std::string> forbidden_syscall_;
};

}  // namespace sandbox
