#include "sandbox/run/doctor.hpp"

#include <array>
#include <string>

#include <doctest/doctest.h>

using sandbox::Finding;
using sandbox::Tier;

namespace {

const std::array kFindings{
    Finding{Finding::Level::works, "proc", "own processes only", ""},
    Finding{Finding::Level::weaker, "control group: memory", "sampled", "mount the controller"},
    Finding{Finding::Level::missing, "landlock", "not there", "not needed"},
};

}  // namespace

TEST_SUITE("sandbox/run/doctor") {
  TEST_CASE("a finding is one line, and its advice another") {
    CHECK(sandbox_run::findings_text(kFindings) ==
          "works   proc: own processes only\n"
          "weaker  control group: memory: sampled\n"
          "        mount the controller\n"
          "missing landlock: not there\n"
          "        not needed\n");
  }

  TEST_CASE("the table names every tier and marks the one that is reached") {
    const std::string table = sandbox_run::tier_table(Tier::b);
    CHECK(table.starts_with("Tiers, strongest first; this host reaches B.\n"));
    for (const Tier tier : {Tier::a, Tier::b, Tier::c, Tier::d}) {
      const std::string line = std::string{tier == Tier::b ? "\n* " : "\n  "} +
                               std::string{name_of(tier)} + "  " + std::string{describe(tier)};
      CAPTURE(line);
      CHECK(table.find(line + "\n") != std::string::npos);
    }
    CHECK(
        sandbox_run::tier_table({}).starts_with("Tiers, strongest first; this host reaches "
                                                "none.\n"));
  }

  TEST_CASE("a tier that is missed names what is weaker, and what to change") {
    const std::string missed = sandbox_run::tier_missed(Tier::c, Tier::b, kFindings);
    CHECK(missed ==
          "--require-tier: tier B is required, and this host reaches C (user namespaces, limits by "
          "rlimits and sampling); needed: the controllers memory and pids of version 1, writable: "
          "as root\n"
          "  control group: memory: sampled; mount the controller");
  }
}
