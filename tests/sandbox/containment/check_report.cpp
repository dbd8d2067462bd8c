#include "tests/sandbox/containment/check_report.hpp"

#include <algorithm>
#include <array>
#include <regex>

#include "sandbox/base/escape.hpp"

namespace sandbox::test {
namespace {

// std::regex recurses for every byte.
constexpr std::size_t kLongestForPattern = 4096;

bool matches(const std::string& text, const std::string& pattern) {
  return text.size() <= kLongestForPattern && std::regex_match(text, std::regex{pattern});
}

bool contains_pattern(const std::string& text, const std::string& pattern) {
  return std::regex_search(text.substr(0, kLongestForPattern), std::regex{pattern});
}

std::string show(const Exit& exit) {
  return (exit.kind == Exit::Kind::exited ? "exit " : "signal ") + std::to_string(exit.value);
}

template <typename T>
bool is_one_of(const std::vector<T>& all, const T& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

void check_ending(const RunReport& report, const Expected& expected, Complaints& complaints) {
  if (!is_one_of(expected.ended_by, report.ended_by)) {
    complaints.add("ended by " + std::string{name_of(report.ended_by)} + ", not by " +
                   std::string{name_of(expected.ended_by.front())});
  }
  std::vector<Exit> exits = expected.exit;
  if (exits.empty() && report.ended_by == EndedBy::program) exits = {{Exit::Kind::exited, 0}};
  if (!exits.empty() && !is_one_of(exits, report.exit)) {
    complaints.add(show(report.exit) + ", not " + show(exits.front()));
  }
  if (report.forbidden_syscall.value_or("") != expected.forbidden) {
    complaints.add("forbidden call '" + report.forbidden_syscall.value_or("") + "', not '" +
                   expected.forbidden + "'");
  }
}

void check_output(const RunReport& report, const Expected& expected, Complaints& complaints) {
  const std::string& output = report.standard_output;
  if (expected.output && output != *expected.output) {
    complaints.add("the output is not " + base::quoted(*expected.output, 600));
  }
  for (const std::string& line : expected.lines) {
    if (("\n" + output).find("\n" + line + "\n") != std::string::npos) continue;
    complaints.add("no line " + base::quoted(line));
  }
  if (!expected.pattern.empty() && !matches(output, expected.pattern)) {
    complaints.add("the output does not match " + base::quoted(expected.pattern));
  }
  if (!expected.error_pattern.empty() &&
      !contains_pattern(report.standard_error, expected.error_pattern)) {
    complaints.add("the messages do not contain " + base::quoted(expected.error_pattern));
  }
}

void check_artifact(const CollectedArtifact& artifact, const ExpectedArtifact& expected,
                    Complaints& complaints) {
  if (artifact.content) {
    if (is_one_of(expected.contents, *artifact.content)) return;
    complaints.add(artifact.path + " came out: " + base::quoted(*artifact.content, 40));
    return;
  }
  if (!expected.why_absent.empty() && !contains_pattern(artifact.why_absent, expected.why_absent)) {
    complaints.add(artifact.path + " is absent: " + base::quoted(artifact.why_absent));
  }
  if (expected.why_absent.empty() && !expected.contents.empty()) {
    complaints.add(artifact.path + " did not come out: " + base::quoted(artifact.why_absent));
  }
}

void check_usage(const RunReport& report, const Expected& expected, const Limits& limits, Tier tier,
                 Complaints& complaints) {
  const std::uint64_t peak = report.usage.peak_memory.count();
  const std::uint64_t tenth = limits.memory.count() / 10;
  const bool has_group = tier == Tier::a || tier == Tier::b;
  if (has_group && peak > limits.memory.count() + tenth) {
    complaints.add("peak of " + base::to_string(report.usage.peak_memory));
  }
  if (has_group && expected.peak_at_limit && peak + tenth < limits.memory.count()) {
    complaints.add("peak of only " + base::to_string(report.usage.peak_memory));
  }
  if (report.standard_output.size() + report.standard_error.size() > limits.output.count()) {
    complaints.add("more output was kept than the limit");
  }
  if (report.ended_by == EndedBy::cpu_limit) {
    const auto used = report.usage.cpu_user + report.usage.cpu_system;
    if (used < limits.cpu * 9 / 10 || used > limits.cpu + std::chrono::milliseconds{600}) {
      complaints.add("cpu limit at " + std::to_string(used.count()) + " us");
    }
  }
  if (expected.system_time && report.usage.cpu_system < report.usage.cpu_user) {
    complaints.add("system time " + std::to_string(report.usage.cpu_system.count()) + " us");
  }
}

}  // namespace

void check_report(const RunReport& report, const Expected& expected, const Limits& limits,
                  Tier tier, Complaints& complaints) {
  check_ending(report, expected, complaints);
  check_output(report, expected, complaints);
  check_usage(report, expected, limits, tier, complaints);
  for (std::size_t i = 0; i < expected.artifacts.size(); ++i) {
    check_artifact(report.artifacts.at(i), expected.artifacts[i], complaints);
  }
}

void check_secret(const RunReport& report, const std::string& secret, Complaints& complaints) {
  const auto check = [&](const std::string& text, const std::string& where) {
    if (text.find(secret) != std::string::npos) complaints.add("the secret came out in " + where);
  };
  check(report.standard_output, "the output");
  check(report.standard_error, "the messages");
  for (const CollectedArtifact& artifact : report.artifacts) {
    check(artifact.content.value_or(""), artifact.path);
  }
}

std::string summary(const RunReport& report) {
  return "ended by " + std::string{name_of(report.ended_by)} + ", " + show(report.exit) +
         ", peak " + std::to_string(report.usage.peak_memory.count() >> 10U) + " KiB, cpu " +
         std::to_string((report.usage.cpu_user + report.usage.cpu_system).count() / 1000) +
         " ms, output " + base::quoted(report.standard_output, 1200) + ", messages " +
         base::quoted(report.standard_error, 300);
}

std::string_view name_of(EndedBy reason) {
  static constexpr std::array<std::string_view, 9> kNames{
      "the program",       "the cpu limit",     "the wall limit",
      "the memory limit",  "the output limit",  "a forbidden call",
      "the process limit", "the scratch limit", "the caller"};
  return kNames.at(static_cast<std::size_t>(reason));
}

}  // namespace sandbox::test
