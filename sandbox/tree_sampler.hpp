// TreeSampler: CPU time and memory of a process tree by reading /proc, where no control group can
// be had. Weaker than a group: short-lived processes may be missed between samples (their time
// comes back when a living ancestor waits for them), CPU time has the resolution of the clock tick,
// shared pages count once per process.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>

#include "sandbox/base/bytes.hpp"

namespace sandbox {

class TreeSampler {
 public:
  // `init` is pid 1 of the tree, as seen from here: every orphan is its child, so nothing gets
  // away.
  explicit TreeSampler(pid_t init) : init_{init} {}

  void sample();

  // Never decreases.
  [[nodiscard]] std::chrono::microseconds cpu() const { return cpu_; }
  [[nodiscard]] base::Bytes memory() const { return memory_; }
  [[nodiscard]] base::Bytes peak_memory() const { return peak_; }

 private:
  pid_t init_;
  std::map<pid_t, std::chrono::microseconds> seen_;  // own time of every process ever seen
  std::chrono::microseconds cpu_{};
  base::Bytes memory_;
  base::Bytes peak_;
};

}  // namespace sandbox
