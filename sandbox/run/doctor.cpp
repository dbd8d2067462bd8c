#include "sandbox/run/doctor.hpp"

#include <array>
#include <string_view>

namespace sandbox_run {
namespace {

using sandbox::Finding;
using sandbox::Tier;

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
  for (const Tier tier : sandbox::kTiers) {
    text.append(tier == reached ? "* " : "  ").append(sandbox::name_of(tier));
    text.append("  ").append(sandbox::describe(tier)).append("\n");
    text.append("     promises: ").append(sandbox::promises_of(tier)).append("\n");
    text.append("     needs: ").append(sandbox::needs_of(tier)).append("\n");
  }
  return text;
}

std::string tier_missed(Tier reached, Tier required, std::span<const Finding> findings) {
  std::string text = "--require-tier: tier " + std::string{sandbox::name_of(required)} +
                     " is required, and this host reaches " +
                     std::string{sandbox::name_of(reached)} + " (" +
                     std::string{sandbox::describe(reached)} + ")";
  text.append("; needed: ").append(sandbox::needs_of(required));
  for (const Finding& finding : findings) {
    const bool counts = finding.subject.starts_with("control group");
    if (!counts || finding.level == Finding::Level::works) continue;
    text.append("\n  ").append(finding.subject).append(": ").append(finding.detail);
    text.append("; ").append(finding.advice);
  }
  return text;
}

}  // namespace sandbox_run
