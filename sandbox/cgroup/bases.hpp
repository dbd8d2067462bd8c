// Bases: below which folders this host lets us make control groups, per resource.
// Hosts differ (version 2 delegated or not, version 1, both at once, none), so each resource is
// found by itself, by making a group there and taking it away again, never by version numbers.
#pragma once

#include <string>
#include <vector>

namespace sandbox::cgroup {

enum class Version { none, v1, v2 };

struct Base {
  Version version = Version::none;
  std::string folder;  // empty for `none`
};

struct Bases {
  Base memory;
  Base processes;
  Base cpu;
};

// For tests and for people who distrust one version: what may be used.
enum class Choice { any, v1_only, v2_only, none };

// Looks below our own groups first, so that limits set upon us hold for what we run too.
[[nodiscard]] Bases find_bases(Choice choice);

// Removes groups named judge-<pid>-<n> whose maker is dead: what a killed judge leaves behind.
void sweep_stale_groups(const Bases& bases);

// "cgroup-v2", "cgroup-v1"; `otherwise` for none.
[[nodiscard]] std::string describe(const Base& base, const std::string& otherwise);

// Folders of the own group and its visible ancestors, nearest first, in the hierarchy of version
// 1's `controller`, or in version 2 where `controller` is empty. From the texts of
// /proc/self/cgroup and /proc/self/mountinfo.
[[nodiscard]] std::vector<std::string> own_folders(const std::string& cgroup_text,
                                                   const std::string& mountinfo_text,
                                                   const std::string& controller);

}  // namespace sandbox::cgroup
