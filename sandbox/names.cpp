// Names that people read and write for our enumerations.
#include <array>
#include <cstddef>

#include "sandbox/program.hpp"
#include "sandbox/tier.hpp"
#include "sandbox/time_mode.hpp"

namespace sandbox {
namespace {

constexpr std::array<std::string_view, kProfiles.size()> kProfileNames{
    "c", "cpp", "python", "node", "go", "rust", "java", "compile"};

struct TierText {
  std::string_view name;
  std::string_view description;
  std::string_view promises;
  std::string_view needs;
};
constexpr std::array<TierText, kTiers.size()> kTierTexts{{
    {"A", "user namespaces, control groups of version 2",
     "memory, processes and CPU time of the whole tree are counted by the kernel, from the first "
     "instruction",
     "the controllers memory and pids in /sys/fs/cgroup of version 2 (kernel command line: "
     "systemd.unified_cgroup_hierarchy=1), as root or below systemd-run --user --scope -p "
     "Delegate=yes"},
    {"B", "user namespaces, control groups of version 1",
     "the same; some resources may be counted by version 2",
     "the controllers memory and pids of version 1, writable: as root"},
    {"C", "user namespaces, limits by rlimits and sampling",
     "the same isolation; data of each process is limited, memory of the tree is looked at every "
     "10 ms, so that a short peak of several processes may pass",
     "user namespaces: Linux 5.14 or later, not switched off for ordinary users"},
    {"D", "no namespaces: Landlock, seccomp and rlimits",
     "files by allow-list, no network, no survivors; names and sizes of the host's files and its "
     "processes stay visible, scratch space is looked at every 10 ms, and /box and /tmp are called "
     "otherwise, as they lie in a folder below TMPDIR",
     "Landlock: Linux 5.13 or later with lsm=landlock; better Linux 6.12 or later"},
}};

const TierText& text_of(Tier tier) { return kTierTexts[static_cast<std::size_t>(tier)]; }

}  // namespace

std::string_view name_of(Profile profile) {
  return kProfileNames[static_cast<std::size_t>(profile)];
}

std::optional<Profile> parse_profile(std::string_view name) {
  for (const Profile profile : kProfiles) {
    if (name_of(profile) == name) return profile;
  }
  return std::nullopt;
}

std::string_view name_of(TimeMode mode) {
  switch (mode) {
    case TimeMode::notified:
      return "virtual";
    case TimeMode::preloaded:
      return "preload";
    case TimeMode::real:
      return "real";
  }
  return "?";
}

std::optional<TimeMode> parse_time_mode(std::string_view name) {
  for (const TimeMode mode : kTimeModes) {
    if (name_of(mode) == name) return mode;
  }
  return std::nullopt;
}

std::string_view name_of(Tier tier) { return text_of(tier).name; }
std::string_view describe(Tier tier) { return text_of(tier).description; }
std::string_view promises_of(Tier tier) { return text_of(tier).promises; }
std::string_view needs_of(Tier tier) { return text_of(tier).needs; }

std::optional<Tier> parse_tier(std::string_view name) {
  if (name.size() != 1) return std::nullopt;
  const auto lower = static_cast<char>(name.front() | 0x20);
  if (lower < 'a' || lower > 'd') return std::nullopt;
  return static_cast<Tier>(lower - 'a');
}

}  // namespace sandbox
