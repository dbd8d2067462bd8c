#include "sandbox/run/doctor.hpp"

#include <array>
#include <string_view>

namespace sandbox_run {
namespace {

using sandbox::Finding;
using sandbox::Tier;

struct TierRow {
  Tier tier;
  std::string_view promises;
  std::string_view needs;
};

constexpr std::array kTiers{
    TierRow{Tier::a,
            "memory and processes of the whole tree are counted by the kernel, from the first "
            "instruction",
            "the controllers memory and pids in /sys/fs/cgroup of version 2 (kernel command line: "
            "systemd.unified_cgroup_hierarchy=1), as root or below systemd-run --user --scope -p "
            "Delegate=yes"},
    TierRow{Tier::b, "the same, by groups that are entered right before the program starts",
            "the controllers memory and pids of version 1, writable: as root"},
    TierRow{Tier::c,
            "the same isolation; data of each process is limited, memory of the tree is looked at "
            "every 10 ms, so that a short peak of several processes may pass",
            "user namespaces: Linux 5.14 or later, not switched off for ordinary users"},
    TierRow{Tier::d, "files by allow-list, no network; the host's processes stay visible",
            "this version does not offer it: a host without namespaces runs nothing"},
};

std::string_view word_for(Finding::Level level) {
  switch (level) {
    case Finding::Level::works:
      return "works   ";
    case Finding::Level::weaker:
      return "weaker  ";
    case Finding::Level::missing:
      return "missing ";
  }
  return "?       ";
}

}  // namespace

std::string findings_text(std::span<const Finding> findings) {
  std::string text;
  for (const Finding& finding : findings) {
    text.append(word_for(finding.level)).append(finding.subject).append(": ");
    text.append(finding.detail).append("\n");
    if (!finding.advice.empty()) text.append("        ").append(finding.advice).append("\n");
  }
  return text;
}

std::string tier_table(std::optional<Tier> reached) {
  std::string text = "Tiers, strongest first";
  text += reached ? "; this host reaches " + std::string{sandbox::name_of(*reached)} + ".\n"
                  : "; this host reaches none.\n";
  for (const TierRow& row : kTiers) {
    text.append(row.tier == reached ? "* " : "  ").append(sandbox::name_of(row.tier));
    text.append("  ").append(sandbox::describe(row.tier)).append("\n");
    text.append("     promises: ").append(row.promises).append("\n");
    text.append("     needs: ").append(row.needs).append("\n");
  }
  return text;
}

std::string tier_missed(Tier reached, Tier required, std::span<const Finding> findings) {
  std::string text = "--require-tier: tier " + std::string{sandbox::name_of(required)} +
                     " is required, and this host reaches " +
                     std::string{sandbox::name_of(reached)} + " (" +
                     std::string{sandbox::describe(reached)} + ")";
  for (const TierRow& row : kTiers) {
    if (row.tier == required) text.append("; needed: ").append(row.needs);
  }
  for (const Finding& finding : findings) {
    const bool counts = finding.subject.starts_with("control group");
    if (!counts || finding.level == Finding::Level::works) continue;
    text.append("\n  ").append(finding.subject).append(": ").append(finding.detail);
    text.append("; ").append(finding.advice);
  }
  return text;
}

}  // namespace sandbox_run
