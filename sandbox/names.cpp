// Names that people read and write for our enumerations.
#include <array>
#include <cstddef>

#include "sandbox/program.hpp"
#include "sandbox/tier.hpp"

namespace sandbox {
namespace {

constexpr std::array<std::string_view, kProfiles.size()> kProfileNames{
    "c", "cpp", "python", "node", "go", "rust", "java", "compile"};

struct TierText {
  std::string_view name;
  std::string_view description;
};
constexpr std::array kTiers{
    TierText{"A", "user namespaces, control groups of version 2"},
    TierText{"B", "user namespaces, control groups of version 1"},
    TierText{"C", "user namespaces, limits by rlimits and sampling"},
    TierText{"D", "no namespaces: Landlock, seccomp and rlimits"},
};

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

std::string_view name_of(Tier tier) { return kTiers[static_cast<std::size_t>(tier)].name; }

std::string_view describe(Tier tier) { return kTiers[static_cast<std::size_t>(tier)].description; }

std::optional<Tier> parse_tier(std::string_view name) {
  if (name.size() != 1) return std::nullopt;
  const auto lower = static_cast<char>(name.front() | 0x20);
  if (lower < 'a' || lower > 'd') return std::nullopt;
  return static_cast<Tier>(lower - 'a');
}

}  // namespace sandbox
