#include "tests/sandbox/containment/run_row.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "sandbox/base/escape.hpp"
#include "sandbox/process.hpp"
#include "tests/sandbox/containment/check_report.hpp"
#include "tests/sandbox/containment/outside.hpp"

namespace sandbox::test {
namespace {

using namespace base::literals;
using namespace std::chrono_literals;

// What the rest of a busy host may take meanwhile; bombs ask for more.
constexpr base::Bytes kHostNoise = 3_GiB;
// How much later than its wall limit a run may be reported on a busy host.
constexpr std::chrono::seconds kReportDelay{6};

struct Watched {
  RunReport report;
  base::Bytes host_lost;  // of the host's available memory, at most
  std::chrono::steady_clock::duration took;
};

base::Result<Watched> run_watched(const Host& host, const Program& program, const Limits& limits) {
  const auto start = std::chrono::steady_clock::now();
  const base::Bytes before = available_memory();
  base::Bytes least = before;
  JUDGE_TRY(Process process, Process::start(host, program, limits));
  for (;;) {
    JUDGE_TRY(const Process::Wake wake, process.wait(-1, 25ms));
    least = std::min(least, available_memory());
    if (wake == Process::Wake::ended) break;
  }
  Watched watched;
  JUDGE_TRY(watched.report, std::move(process).finish());
  watched.host_lost = base::Bytes{before.count() - least.count()};
  watched.took = std::chrono::steady_clock::now() - start;
  return watched;
}

void check_surroundings(const Watched& watched, const Limits& limits, const std::string& mark,
                        const Stage& stage, Complaints& complaints) {
  if (stage.was_reached()) complaints.add("a socket outside was reached");
  if (const std::string left = survivors(mark); !left.empty()) complaints.add("survived: " + left);
  if (watched.took > limits.wall + kReportDelay) complaints.add("the report came late");
  if (watched.host_lost.count() > limits.memory.count() + kHostNoise.count()) {
    complaints.add("the host lost " + base::to_string(watched.host_lost));
  }
}

// A run that lives while another one is looked at.
class Neighbour {
 public:
  Neighbour(const PreparedRow& prepared, const Host& host) {
    if (!prepared.beside) return;
    auto started = Process::start(host, *prepared.beside, prepared.limits);
    if (!started) return;
    process_.emplace(std::move(*started));
    (void)process_->wait(-1, 400ms);
  }
  // Whether it was there all the time, and had done what it wanted.
  void check(Complaints& complaints) {
    if (!process_) return complaints.add("the run beside it did not start");
    auto report = std::move(*process_).finish();
    process_.reset();
    if (report && report->ended_by == EndedBy::caller &&
        report->standard_output.ends_with("ready\n")) {
      return;
    }
    complaints.add("the run beside it failed: " + (report ? summary(*report) : ""));
  }

 private:
  std::optional<Process> process_;
};

std::string run_before(const PreparedRow& prepared, const Host& host) {
  if (!prepared.before) return {};
  auto report = run(host, *prepared.before, prepared.limits);
  if (!report) return report.error().message();
  if (report->exit == Exit{Exit::Kind::exited, 0}) return {};
  return "the earlier run failed: " + base::quoted(report->standard_output);
}

const Expected& expected_in(const Row& row, Tier tier) {
  const auto user = ::geteuid() == 0 ? Where::User::root : Where::User::ordinary;
  for (const Tier of : {tier, tier == Tier::d ? Tier::c : tier}) {
    for (const Instead& instead : row.instead) {
      const bool meant = instead.user == Where::User::any || instead.user == user;
      if (instead.tier == of && meant) return instead.expected;
    }
  }
  return row.expected;
}

}  // namespace

Outcome run_row(const PreparedRow& prepared, const Host& host, Tier tier, const Stage& stage) {
  static unsigned counter = 0;
  using Kind = Outcome::Kind;
  if (!prepared.missing.empty()) return {Kind::left_out, prepared.missing};
  if (const std::string failure = run_before(prepared, host); !failure.empty()) {
    return {Kind::not_contained, failure};
  }
  const std::string mark =
      "JUDGE_MARK=" + std::to_string(::getpid()) + "-" + std::to_string(counter++);
  Program program = prepared.program;
  program.environment.push_back(mark);
  const Row& row = *prepared.row;
  const Expected& expected = expected_in(row, tier);
  for (const ExpectedArtifact& artifact : expected.artifacts) {
    program.artifacts.push_back({artifact.path, artifact.limit});
  }
  host.rest();
  const std::size_t descriptors = open_descriptors();
  Neighbour neighbour{prepared, host};
  auto watched = run_watched(host, program, prepared.limits);
  if (!watched) return {Kind::not_contained, "no report: " + watched.error().message()};
  Complaints complaints;
  if (prepared.beside) neighbour.check(complaints);
  check_report(watched->report, expected, prepared.limits, tier, complaints);
  check_surroundings(*watched, prepared.limits, mark, stage, complaints);
  check_secret(watched->report, stage.secret(), complaints);
  host.rest();
  if (open_descriptors() != descriptors) complaints.add("descriptors of the caller are left");
  if (complaints.text().empty()) return {Kind::contained, ""};
  return {Kind::not_contained, complaints.text() + "; " + summary(watched->report)};
}

}  // namespace sandbox::test
