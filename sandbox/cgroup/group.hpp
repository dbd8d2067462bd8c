// Group: the control groups of one slot, at most one folder per hierarchy. Counters count from
// begin(), so that each is the run's own. Made before the first process exists and removed after
// the last has gone. Every limit is read back after writing: a limit that the kernel silently did
// not take would be none.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/base/bytes.hpp"
#include "sandbox/base/result.hpp"
#include "sandbox/base/unique_fd.hpp"
#include "sandbox/cgroup/bases.hpp"

namespace sandbox::cgroup {

struct GroupLimits {
  base::Bytes memory;
  int processes;  // slot and init among them
};

struct CpuTime {
  std::chrono::microseconds user{};
  std::chrono::microseconds system{};
};

class Group {
 public:
  Group() = default;
  // Makes nothing for resources whose base is `none`.
  static base::Result<Group> make(const Bases& bases, const GroupLimits& limits);
  Group(Group&& other) noexcept;
  Group& operator=(Group&& other) noexcept;
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;
  ~Group();

  // The ways in. A child is born into the group of version 2 (CLONE_INTO_CGROUP) and puts itself
  // into those of version 1 by writing "0" to each of `tasks`. Moving it from outside would stop
  // every fork on the machine for a grace period, 4 to 15 ms (cgroup_threadgroup_rwsem).
  struct Entrance {
    base::UniqueFd unified;  // the folder; not open when there is none
    std::vector<base::UniqueFd> tasks;
  };
  [[nodiscard]] base::Result<Entrance> open_entrance() const;

  // Before each further run: its limits, and counters that count from here. False: not possible,
  // the group is of no more use.
  [[nodiscard]] bool begin(const GroupLimits& limits);
  // Whether begin() can succeed: version 2 could not forget a peak before Linux 6.12.
  [[nodiscard]] bool is_reusable() const;

  // Of the run. Nothing where the resource has no group.
  [[nodiscard]] std::optional<CpuTime> cpu() const;
  [[nodiscard]] std::optional<base::Bytes> peak_memory() const;
  // Version 2 before Linux 5.19 keeps no peak: there, the highest use at any call of this. Else
  // does nothing.
  void note_memory();
  // Alive now, threads counted each, slot and init among them.
  [[nodiscard]] std::optional<int> processes() const;
  // How many processes the kernel has killed in the group for want of memory.
  [[nodiscard]] std::uint64_t oom_kills() const;

  // When no process is left. Waits a moment for those that are still being taken apart. Idempotent.
  base::Status remove();

 private:
  struct Place {
    Version version = Version::none;
    std::string folder;
  };
  base::Result<Place> make_folder(const Base& base, const std::string& name);
  base::Status open_counters();
  void drop_caches() const;
  [[nodiscard]] std::optional<CpuTime> total_cpu() const;
  [[nodiscard]] std::uint64_t total_oom_kills() const;

  Place memory_;
  Place processes_;
  Place cpu_;
  base::Bytes highest_memory_;
  GroupLimits limits_{};
  // Open, because reading them costs half of opening them.
  base::UniqueFd cpu_user_;  // version 2: cpu.stat
  base::UniqueFd cpu_system_;
  base::UniqueFd processes_now_;
  base::UniqueFd peak_;
  base::UniqueFd usage_;
  base::UniqueFd oom_;
  CpuTime cpu_before_;
  std::uint64_t oom_kills_before_ = 0;
  std::vector<Place> folders_;  // each once
};

}  // namespace sandbox::cgroup
