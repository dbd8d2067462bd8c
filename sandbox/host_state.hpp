// Host::State: what Process needs to know of the host. Internal to this room.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "sandbox/cgroup/bases.hpp"
#include "sandbox/filter/filter.hpp"
#include "sandbox/host.hpp"
#include "sandbox/id_map.hpp"

namespace sandbox {

struct Host::State {
  cgroup::Bases bases;
  IdKind ids = IdKind::range;
  OnForbidden on_forbidden = OnForbidden::ask_listener;
  const char* proc_options = nullptr;                // null: programs get no /proc
  std::array<FilterCode, kProfiles.size()> filters;  // by Profile
  std::string visible_ids;                           // text of /proc/self/uid_map
  Tier tier = Tier::c;
  Enforced enforced;
  std::vector<Finding> findings;

  [[nodiscard]] const FilterCode& filter_for(Profile profile) const {
    return filters[static_cast<std::size_t>(profile)];
  }
};

}  // namespace sandbox
