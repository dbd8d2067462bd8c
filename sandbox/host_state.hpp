// Host::State: what Process needs to know of the host. Internal to this room.
#pragma once

#include <sys/resource.h>

#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "sandbox/bare/filter_checks.hpp"
#include "sandbox/cgroup/bases.hpp"
#include "sandbox/filter/filter.hpp"
#include "sandbox/host.hpp"
#include "sandbox/id_map.hpp"
#include "sandbox/wire/order.hpp"

namespace sandbox {

class SlotPool;

// Slot and init: in the control group, and where there is one id also in the count of the user's
// processes, beside those of the program.
constexpr int kOwnProcesses = 2;

struct Host::State {
  State();
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  cgroup::Bases bases;
  wire::Walls walls = wire::Walls::namespaces;
  std::string folder;  // of a host with bare slots: where they make theirs
  IdKind ids = IdKind::range;
  OnForbidden on_forbidden = OnForbidden::ask_listener;
  const char* proc_options = nullptr;                // null: programs get no /proc
  std::array<FilterCode, kProfiles.size()> filters;  // by Profile
  std::string visible_ids;                           // text of /proc/self/uid_map
  Tier tier = Tier::c;
  Enforced enforced;
  std::vector<Finding> findings;

  std::array<rlim_t, RLIM_NLIMITS> own_limits{};  // hard ones of this process
  unsigned landlock = 0;                          // version that the kernel has; 0: none
  mutable std::once_flag tried_clock;
  TimeMode best_time = TimeMode::notified;
  mutable TimeMode time_mode = TimeMode::real;  // once tried, as what follows
  mutable std::map<TimeMode, base::Status> tried_modes;
  std::shared_ptr<SlotPool> pool;  // shared with runs, which may outlive the host

  // Another one for every slot of this process.
  [[nodiscard]] unsigned next_number() const;

  [[nodiscard]] bool is_bare() const { return walls == wire::Walls::landlock; }
  [[nodiscard]] BareRules bare_rules() const { return {ids == IdKind::single, landlock}; }
  // The kernel counts the program's processes together with all others of its user.
  [[nodiscard]] bool samples_processes() const {
    return is_bare() && ids == IdKind::single && bases.processes.version == cgroup::Version::none;
  }

  [[nodiscard]] const FilterCode& filter_for(Profile profile) const {
    return filters[static_cast<std::size_t>(profile)];
  }
};

}  // namespace sandbox
