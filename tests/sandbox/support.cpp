#include "tests/sandbox/support.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

namespace sandbox::test {

using namespace base::literals;
using namespace std::chrono_literals;

Limits usual_limits() {
  return Limits{.cpu = 5s,
                .wall = 20s,
                .memory = 256_MiB,
                .output = 1_MiB,
                .processes = 32,
                .open_files = 128,
                .file_size = 64_MiB,
                .scratch = 64_MiB,
                .scratch_inodes = 1000,
                .stack = 64_MiB};
}

ProbeOptions wanted_options() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  const char* wanted = std::getenv("JUDGE_TEST_TIER");
  return {.best = parse_tier(wanted != nullptr ? wanted : "").value_or(Tier::a)};
}

const Host& host() {
  static const Host probed = [] {
    auto result = Host::probe(wanted_options());
    if (!result) {
      std::printf("SKIPPED: %s\n", result.error().message().c_str());
      std::exit(0);
    }
    return std::move(*result);
  }();
  return probed;
}

bool needs_namespaces(std::string_view why) {
  if (host().tier() != Tier::d) return false;
  MESSAGE("SKIPPED: not to be had without namespaces: " << why);
  return true;
}

const Host& bare() {
  static const base::Result<Host> probed = Host::probe({.best = Tier::d});
  REQUIRE_MESSAGE(probed.has_value(), probed.error().message());
  return *probed;
}

std::shared_ptr<const std::string> text(std::string_view content) {
  return std::make_shared<const std::string>(content);
}

Program shell(std::string_view script) {
  Program program;
  program.profile = Profile::compile;
  program.arguments = {"/bin/sh", "-c", std::string{script}};
  program.environment = {"PATH=/usr/bin:/bin"};
  return program;
}

Program probe(const std::string& name, std::vector<std::string> arguments) {
  // The ordinary user that root re-runs this program as may not reach the build folder by its path.
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  const char* reachable = std::getenv("JUDGE_PROBES_FOLDER");
  const std::string folder = reachable != nullptr ? reachable : JUDGE_PROBES_FOLDER;
  std::ifstream file{folder + "/" + name, std::ios::binary};
  REQUIRE_MESSAGE(file.is_open(), "no probe " << name);
  Program program;
  program.files = {
      File{"/box/probe", text(std::string{std::istreambuf_iterator<char>{file}, {}}), true}};
  program.arguments = {"/box/probe"};
  program.arguments.insert(program.arguments.end(), arguments.begin(), arguments.end());
  return program;
}

RunReport run_here(const Program& program, const Limits& limits, const Host& on) {
  auto report = run(on, program, limits);
  REQUIRE_MESSAGE(report.has_value(), report.error().message());
  return std::move(*report);
}

}  // namespace sandbox::test
