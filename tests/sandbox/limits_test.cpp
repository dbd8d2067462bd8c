#include <unistd.h>

#include <csignal>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "tests/sandbox/rerun.hpp"
#include "tests/sandbox/support.hpp"

using namespace base::literals;
using namespace std::chrono_literals;
using namespace sandbox;
using namespace sandbox::test;

namespace {

Limits small_limits() {
  Limits limits = usual_limits();
  limits.cpu = 200ms;
  limits.wall = 10s;
  limits.memory = 64_MiB;
  limits.stack = 8_MiB;
  return limits;
}

std::chrono::microseconds cpu_of(const RunReport& report) {
  return report.usage.cpu_user + report.usage.cpu_system;
}

// The attacks of this room against the limits, on a host with some of its mechanisms held back.
void check_cpu(const Host& on) {
  for (const std::string name : {"cpu_spin", "cpu_threads", "cpu_children"}) {
    CAPTURE(name);
    const RunReport report = run_here(probe(name), small_limits(), on);
    CHECK(report.ended_by == EndedBy::cpu_limit);
    CHECK(cpu_of(report) >= 190ms);
    CHECK(cpu_of(report) < 600ms);
  }
}

void check_memory(const Host& on, bool has_group) {
  Limits limits = small_limits();
  limits.cpu = 10s;
  limits.processes = 80;
  for (const std::string name : {"memory_bomb", "memory_children", "memory_shared"}) {
    CAPTURE(name);
    const RunReport report = run_here(probe(name), limits, on);
    // Without a group a single process meets RLIMIT_DATA: it may end by itself, refused, before
    // anybody has looked how much it holds.
    if (!has_group && report.exit == Exit{Exit::Kind::exited, 3}) continue;
    CHECK(report.ended_by == EndedBy::memory_limit);
    CHECK(report.out_of_memory == has_group);
    CHECK(report.usage.peak_memory >= 48_MiB);
    if (has_group) CHECK(report.usage.peak_memory <= 64_MiB);
  }
}

void check_processes(const Host& on) {
  Limits limits = small_limits();
  limits.processes = 10;
  for (const std::string name : {"fork_bomb", "thread_bomb"}) {
    CAPTURE(name);
    const RunReport report = run_here(probe(name), limits, on);
    CHECK(report.exit == Exit{Exit::Kind::exited, 0});
    CHECK(report.standard_output == "9\n");  // and itself
  }
}

ProbeOptions only(ProbeOptions::ControlGroups groups) {
  ProbeOptions options;
  options.control_groups = groups;
  return options;
}

}  // namespace

TEST_SUITE("sandbox/limits") {
  TEST_CASE("limits hold by every mechanism that this host has") {
    using enum ProbeOptions::ControlGroups;
    struct Row {
      std::string name;
      ProbeOptions::ControlGroups groups;
    };
    std::set<std::string> seen;
    for (const Row& row :
         {Row{"any", any}, Row{"v1", v1_only}, Row{"v2", v2_only}, Row{"none", none}}) {
      CAPTURE(row.name);
      auto on = Host::probe(only(row.groups));
      REQUIRE_MESSAGE(on.has_value(), on.error().message());
      // What is not there makes two rows the same.
      const Enforced& enforced = on->enforced();
      if (!seen.insert(enforced.memory + enforced.cpu + enforced.processes).second) continue;
      check_cpu(*on);
      check_memory(*on, on->enforced().memory != "rlimit-data+sampling");
      check_processes(*on);
    }
  }

  TEST_CASE("without control groups the report says what stands in for them") {
    auto on = Host::probe(only(ProbeOptions::ControlGroups::none));
    REQUIRE(on.has_value());
    CHECK(on->enforced() == Enforced{"C", "namespaces", "rlimit-data+sampling", "sampling+rlimit",
                                     "rlimit-nproc", "real"});
  }

  TEST_CASE(
      "the wall limit ends what sleeps, whatever it ignores, and counts only while the caller "
      "waits") {
    Limits limits = small_limits();
    limits.wall = 150ms;
    for (const std::string name : {"ignore_signals", "fork_forever"}) {
      CAPTURE(name);
      limits.cpu = 10s;
      const RunReport report = run_here(probe(name), limits);
      CHECK(report.ended_by == EndedBy::wall_limit);
      CHECK(report.usage.wall >= 150ms);
      CHECK(report.usage.wall < 5s);
    }
    auto process = Process::start(host(), shell("sleep 0.4"), limits);
    REQUIRE(process.has_value());
    ::usleep(600'000);  // the caller is busy elsewhere
    auto report = std::move(*process).finish();
    REQUIRE(report.has_value());
    CHECK(report->usage.wall < 150ms);
  }

  TEST_CASE("a flood of output on both streams is cut at the limit and ends the run") {
    Limits limits = small_limits();
    limits.cpu = 5s;
    limits.output = 100_KiB;
    const RunReport report = run_here(probe("output_flood"), limits);
    CHECK(report.ended_by == EndedBy::output_limit);
    CHECK(report.standard_output.size() + report.standard_error.size() == 100 * 1024);
    CHECK(report.usage.output > 100_KiB);
    Limits exact = usual_limits();
    exact.output = 4_B;
    CHECK(run_here(shell("printf 1234"), exact).ended_by == EndedBy::program);
    CHECK(run_here(shell("printf 12345"), exact).ended_by == EndedBy::output_limit);
  }

  TEST_CASE("the scratch space is capped in bytes and files, /tmp and /dev/shm together") {
    if (needs_namespaces("a file system with a cap; see sandbox/bare")) return;
    Limits limits = usual_limits();
    limits.scratch = 8_MiB;
    limits.scratch_inodes = 20;
    CHECK(run_here(probe("fill_scratch", {"bytes"}), limits).standard_output ==
          "ENOSPC after 8 MiB\n");
    CHECK(run_here(probe("fill_scratch", {"shm"}), limits).standard_output ==
          "ENOSPC after 8 MiB\n");
    CHECK(run_here(probe("fill_scratch", {"files"}), limits).standard_output ==
          "ENOSPC after 20 files\n");
    const RunReport both = run_here(shell("head -c 6000000 /dev/zero > /tmp/a; head -c 6000000 "
                                          "/dev/zero > /dev/shm/b || echo full"),
                                    limits);
    CHECK(both.standard_output == "full\n");
  }

  TEST_CASE("scratch files count as memory where a group counts it") {
    if (host().enforced().memory == "rlimit-data+sampling") {
      MESSAGE("SKIPPED: no control group for memory here");
      return;
    }
    Limits limits = usual_limits();
    limits.memory = 32_MiB;
    limits.scratch = 256_MiB;
    const RunReport report = run_here(probe("fill_scratch", {"bytes"}), limits);
    CHECK(report.ended_by == EndedBy::memory_limit);
    CHECK(report.out_of_memory);
  }

  TEST_CASE("single files, open files and the stack have their limits") {
    Limits limits = usual_limits();
    limits.file_size = 1_MiB;
    const RunReport large =
        run_here(shell("head -c 2000000 /dev/zero > /tmp/x; echo $?; wc -c < /tmp/x"), limits);
    CHECK(large.standard_output == "153\n1048576\n");  // SIGXFSZ
    limits.open_files = 17;
    limits.stack = 3_MiB;
    CHECK(run_here(shell("ulimit -n; ulimit -s; ulimit -c; ulimit -n 18 2>&1 | grep -c permitted"),
                   limits)
              .standard_output == "17\n3072\n0\n1\n");
  }

  TEST_CASE("CPU time is the tree's, reported in full, and readable on the way") {
    auto process = Process::start(host(), probe("cpu_spin"), usual_limits());
    REQUIRE(process.has_value());
    while (process->cpu_used() < 100ms)
      REQUIRE(process->wait(-1, 10ms).value() == Process::Wake::timeout);
    auto report = std::move(*process).finish();
    REQUIRE(report.has_value());
    CHECK(cpu_of(*report) >= 100ms);
    CHECK(report->ended_by == EndedBy::caller);
  }
}

// As an ordinary user the whole is another: one id, no control group, mounts cloned inside. So the
// cases above and those of process_test.cpp are run once more by this program itself, under another
// user id.
TEST_SUITE("sandbox/ordinary_user") {
  TEST_CASE("everything works for an ordinary user too") {
    rerun("sandbox/cell,sandbox/process,sandbox/limits,sandbox/containment", {.as_nobody = true});
  }
}
