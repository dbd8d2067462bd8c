#include "tests/sandbox/launcher/soak_scenario.hpp"

#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>

#include "sandbox/base/check.hpp"

namespace sandbox::test {
namespace {

using namespace base::literals;
using namespace std::chrono_literals;

std::shared_ptr<const std::string> shared(std::string content) {
  return std::make_shared<const std::string>(std::move(content));
}

Limits wide_limits() {
  return Limits{.cpu = 20s,
                .wall = 60s,
                .memory = 256_MiB,
                .output = 1_MiB,
                .processes = 16,
                .open_files = 64,
                .file_size = 1_MiB,
                .scratch = 4_MiB,
                .scratch_inodes = 100,
                .stack = 8_MiB};
}

Program shell(const std::string& script) {
  Program program;
  program.profile = Profile::compile;
  program.arguments = {"/bin/sh", "-c", script};
  program.environment = {"PATH=/usr/bin:/bin"};
  return program;
}

// Read once for all threads.
Program probe(const std::string& folder, const std::string& name) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const std::string>> files;
  const std::lock_guard lock{mutex};
  std::shared_ptr<const std::string>& content = files[name];
  if (content == nullptr) {
    std::ifstream file{folder + "/" + name, std::ios::binary};
    JUDGE_CHECK(file.is_open(), "the programs of tests/probes have been built");
    content = shared(std::string{std::istreambuf_iterator<char>{file}, {}});
  }
  Program program;
  program.files = {File{"/box/probe", content, true}};
  program.arguments = {"/box/probe"};
  return program;
}

std::string show(const RunReport& report) {
  return std::string{report.exit.kind == Exit::Kind::exited ? "exit " : "signal "} +
         std::to_string(report.exit.value) + " ended_by " +
         std::to_string(static_cast<int>(report.ended_by)) + " error '" +
         report.standard_error.substr(0, 100) + "'";
}

std::function<std::string(const RunReport&)> ends_with(Exit exit) {
  return [exit](const RunReport& report) {
    const bool right = report.exit == exit && report.ended_by == EndedBy::program;
    return right ? "" : show(report);
  };
}

std::function<std::string(const RunReport&)> is_ended_by(EndedBy reason) {
  return
      [reason](const RunReport& report) { return report.ended_by == reason ? "" : show(report); };
}

Scenario exits(Random& random) {
  const int code = between(random, 0, 255);
  return {"exit", shell("exit " + std::to_string(code)), wide_limits(),
          ends_with({Exit::Kind::exited, code})};
}

Scenario dies_by_signal(Random& random) {
  constexpr std::array kSignals{SIGSEGV, SIGABRT, SIGTERM, SIGKILL, SIGHUP};
  const int signal = kSignals.at(random() % kSignals.size());
  return {"signal", shell("kill -" + std::to_string(signal) + " $$"), wide_limits(),
          ends_with({Exit::Kind::signaled, signal})};
}

Scenario sleeps(Random& random) {
  Scenario scenario{"sleep", shell("exec sleep 60"), wide_limits(),
                    is_ended_by(EndedBy::wall_limit)};
  scenario.limits.wall = std::chrono::milliseconds{between(random, 1, 30)};
  return scenario;
}

Scenario spins(Random& random, const std::string& probes) {
  Scenario scenario{"spin", probe(probes, "cpu_spin"), wide_limits(),
                    is_ended_by(EndedBy::cpu_limit)};
  scenario.limits.cpu = std::chrono::milliseconds{between(random, 1, 30)};
  return scenario;
}

// Without namespaces the kernel counts all processes of an ordinary user as one.
bool counts_together(Tier tier) { return tier == Tier::d && ::geteuid() != 0; }

Scenario forks(Random& random, Tier tier, const std::string& probes) {
  Scenario scenario{"fork bomb", probe(probes, "fork_bomb"), wide_limits(), {}};
  const int most = between(random, 2, 12);
  scenario.limits.processes = most;
  scenario.fault = [most, tier](const RunReport& report) {
    // This one may get more, or fewer.
    if (counts_together(tier)) {
      const bool ended = report.ended_by == EndedBy::process_limit;
      return ended || report.exit == Exit{Exit::Kind::exited, 0} ? "" : show(report);
    }
    const bool right = report.exit == Exit{Exit::Kind::exited, 0} &&
                       report.standard_output == std::to_string(most - 1) + "\n";
    return right ? std::string{} : show(report) + " made " + report.standard_output;
  };
  return scenario;
}

Scenario forks_forever(Random& random, Tier tier, const std::string& probes) {
  Scenario scenario{"fork forever", probe(probes, "fork_forever"), wide_limits(), {}};
  scenario.fault = [tier](const RunReport& report) {
    const bool many = counts_together(tier) && report.ended_by == EndedBy::process_limit;
    return many || report.ended_by == EndedBy::wall_limit ? "" : show(report);
  };
  scenario.limits.wall = std::chrono::milliseconds{between(random, 5, 30)};
  return scenario;
}

Scenario floods(Random& random, const std::string& probes) {
  Scenario scenario{"flood", probe(probes, "output_flood"), wide_limits(), {}};
  const auto most = static_cast<std::size_t>(between(random, 0, 300'000));
  scenario.limits.output = base::Bytes{most};
  scenario.fault = [most](const RunReport& report) {
    const bool right = report.ended_by == EndedBy::output_limit &&
                       report.standard_output.size() + report.standard_error.size() <= most;
    return right ? "" : show(report);
  };
  return scenario;
}

Scenario hogs(Random& random, Tier tier, const std::string& probes) {
  Scenario scenario{"hog", probe(probes, "memory_bomb"), wide_limits(), {}};
  scenario.limits.memory = base::Bytes{static_cast<std::uint64_t>(between(random, 4, 24)) << 20U};
  scenario.fault = [tier](const RunReport& report) {
    // Without a group it is told no, and may end by itself.
    const bool refused = tier >= Tier::c && report.exit == Exit{Exit::Kind::exited, 3};
    return report.ended_by == EndedBy::memory_limit || refused ? "" : show(report);
  };
  return scenario;
}

Scenario leaves_artifact(Random& random) {
  const std::string word = std::to_string(random());
  Scenario scenario{"artifact", shell("echo " + word + " > /tmp/x"), wide_limits(), {}};
  scenario.program.artifacts = {Artifact{"/tmp/x", 1_KiB}, Artifact{"/tmp/y", 1_KiB}};
  scenario.fault = [word](const RunReport& report) {
    const bool right = report.artifacts.size() == 2 && report.artifacts[0].content == word + "\n" &&
                       !report.artifacts[1].content;
    return right ? "" : show(report);
  };
  return scenario;
}

Scenario copies(Random& random) {
  const std::string words(static_cast<std::size_t>(between(random, 0, 400'000)), 'x');
  Scenario scenario{"copy", shell("exec cat"), wide_limits(), {}};
  scenario.program.input = shared(words);
  scenario.fault = [words](const RunReport& report) {
    const bool right =
        report.exit == Exit{Exit::Kind::exited, 0} && report.standard_output == words;
    return right ? "" : show(report);
  };
  return scenario;
}

Scenario leaves_daemon(const std::string& probes) {
  return {"daemon", probe(probes, "daemon"), wide_limits(), ends_with({Exit::Kind::exited, 5})};
}

// Refused before its first instruction.
Scenario has_no_program() {
  Scenario scenario{"no program", shell(""), wide_limits(), {}};
  scenario.program.arguments = {"/box/none"};
  scenario.fault = [](const RunReport& report) { return show(report); };
  return scenario;
}

}  // namespace

int between(Random& random, int lowest, int highest) {
  return std::uniform_int_distribution<int>{lowest, highest}(random);
}

Scenario any_scenario(Random& random, Tier tier, const std::string& probes) {
  switch (between(random, 0, 15)) {
    case 0:
    case 1:
      return exits(random);
    case 2:
      return dies_by_signal(random);
    case 3:
      return sleeps(random);
    case 4:
      return spins(random, probes);
    case 5:
      return forks(random, tier, probes);
    case 6:
      return forks_forever(random, tier, probes);
    case 7:
      return floods(random, probes);
    case 8:
      return hogs(random, tier, probes);
    case 9:
      return leaves_artifact(random);
    case 10:
      return copies(random);
    case 11:
      return leaves_daemon(probes);
    case 12:
      return has_no_program();
    default:
      return plain_scenario();
  }
}

Scenario plain_scenario() {
  Scenario scenario{"true", shell(""), wide_limits(), ends_with({Exit::Kind::exited, 0})};
  scenario.program.arguments = {"/bin/true"};
  return scenario;
}

std::string fault_when_disturbed(const Scenario& scenario, const RunReport& report) {
  const bool killed = report.exit == Exit{Exit::Kind::signaled, SIGKILL};
  return killed ? "" : scenario.fault(report);
}

}  // namespace sandbox::test
