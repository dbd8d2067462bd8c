// TreeSampler: CPU time and memory of a process tree by reading /proc, where no control group can
// be had. Weaker than a group: short-lived processes may be missed between samples (their time
// comes back when a living ancestor waits for them), CPU time has the resolution of the clock tick,
// shared pages count once per process.
#pragma once

#include <sys/types.h>

#include <map>

#include "sandbox/base/bytes.hpp"
#include "sandbox/cgroup/group.hpp"

namespace sandbox {

class TreeSampler {
 public:
  // `parent` is the process whose one child is pid 1 of the tree, from the first sample on: every
  // orphan is that one's child, so nothing gets away.
  explicit TreeSampler(pid_t parent) : parent_{parent} {}

  // What pid 1 and those that it has buried have used up to here is not this tree's: for a pid 1
  // that has had other trees before.
  void forget_past();

  void sample();

  // Never decreases.
  [[nodiscard]] cgroup::CpuTime cpu() const { return cpu_; }
  [[nodiscard]] base::Bytes memory() const { return memory_; }
  [[nodiscard]] base::Bytes peak_memory() const { return peak_; }
  // The most that any one process has asked for, used or not; as RLIMIT_DATA counts it.
  [[nodiscard]] base::Bytes largest_data() const { return largest_data_; }
  // Alive at the last sample, threads counted each, pid 1 not.
  [[nodiscard]] int processes() const { return processes_; }

 private:
  bool find_init();

  pid_t parent_;
  cgroup::CpuTime past_own_;               // of pid 1, from before this tree
  cgroup::CpuTime past_reaped_;            // the same, of its children
  pid_t init_ = 0;                         // 0: not seen yet
  std::map<pid_t, cgroup::CpuTime> seen_;  // own time of every process ever seen
  cgroup::CpuTime cpu_;
  int processes_ = 0;
  base::Bytes memory_;
  base::Bytes peak_;
  base::Bytes largest_data_;
};

}  // namespace sandbox
