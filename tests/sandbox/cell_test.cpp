#include <string>

#include <doctest/doctest.h>

#include "tests/sandbox/support.hpp"

using namespace base::literals;
using namespace std::chrono_literals;
using namespace sandbox;
using namespace sandbox::test;

namespace {

std::string output_of(Cell& cell, const Program& program, const Limits& limits = usual_limits()) {
  auto report = cell.run(program, limits);
  REQUIRE_MESSAGE(report.has_value(), report.error().message());
  return report->standard_output;
}

// Its namespaces have numbers that no others have while they exist.
Program show_place(const std::string& more = "") {
  return shell("readlink /proc/self/ns/pid /proc/self/ns/mnt; " + more);
}

}  // namespace

TEST_SUITE("sandbox/cell") {
  TEST_CASE("runs of one cell share a place, runs of none do not") {
    if (needs_namespaces("a place to share; every run has its own, unasked")) return;
    Cell cell{host()};
    const std::string first = output_of(cell, show_place());
    CHECK(first.find("pid:[") == 0);
    CHECK(output_of(cell, show_place()) == first);
    const auto alone = run_here(show_place());
    CHECK(alone.standard_output != first);
    CHECK(output_of(cell, show_place()) == first);
  }

  TEST_CASE("a run finds nothing that an earlier one left: files, processes, shared memory") {
    Cell cell{host()};
    const std::string look = "ls -A /tmp /dev/shm; ps -e | grep -c sleep";
    const std::string clean = output_of(cell, shell(look));
    const std::string shared = host().tier() == Tier::d ? "/tmp:" : "/dev/shm:";  // one folder
    CHECK(clean == shared + "\n\n/tmp:\n0\n");
    for (const std::string mess :
         {"echo x > /tmp/x", "mkdir /tmp/y; chmod 0 /tmp/y", "echo x > /dev/shm/x",
          "(setsid sleep 60 >/dev/null 2>&1 &) ; exit 0", "sleep 60 & exit 1", "kill -9 $$"}) {
      CAPTURE(mess);
      (void)output_of(cell, shell(mess));
      CHECK(output_of(cell, shell(look)) == clean);
    }
  }

  TEST_CASE("files are there in every run, and other files mean another place") {
    Cell cell{host()};
    Program program = show_place("cat /box/a");
    program.files = {File{"/box/a", text("one\n")}};
    const std::string first = output_of(cell, program);
    CHECK(first.find("one\n") != std::string::npos);
    CHECK(output_of(cell, program) == first);
    program.files = {File{"/box/a", text("two\n")}};
    CHECK(output_of(cell, program).find("two\n") != std::string::npos);
  }

  TEST_CASE("a later run may need more room for its order than the first") {
    Cell cell{host()};
    Program program = show_place("echo ${#LONG3}");
    const std::string first = output_of(cell, program);
    for (int i = 0; i < 4; ++i) {
      program.environment.push_back("LONG" + std::to_string(i) + "=" + std::string(100'000, 'x'));
    }
    const std::string place = first.substr(0, first.rfind("0\n"));
    CHECK(output_of(cell, program) == place + "100000\n");
  }

  TEST_CASE("limits, input, artifacts and descriptors are each run's own") {
    Cell cell{host()};
    Program program = shell("cat; ulimit -n; echo y > /tmp/y");
    program.input = text("in\n");
    program.artifacts = {{"/tmp/y", 1_KiB}};
    Limits limits = usual_limits();
    auto report = cell.run(program, limits);
    REQUIRE(report.has_value());
    CHECK(report->standard_output == "in\n128\n");
    CHECK(report->artifacts.front().content == "y\n");
    limits.open_files = 64;
    CHECK(output_of(cell, program, limits) == "in\n64\n");
    limits.cpu = 200ms;
    auto spun = cell.run(shell("while :; do :; done"), limits);
    REQUIRE(spun.has_value());
    CHECK(spun->ended_by == EndedBy::cpu_limit);
    CHECK(output_of(cell, program, limits) == "in\n64\n");
    CHECK(output_of(cell, program, limits) == "in\n64\n");
  }

  TEST_CASE("a run's use is its own, not that of the runs before") {
    Cell cell{host()};
    auto heavy = cell.run(
        shell("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; head -c 30000000 /dev/zero | "
              "tail -c 20000000 >/dev/null"),
        usual_limits());
    REQUIRE(heavy.has_value());
    auto light = cell.run(shell("exit 0"), usual_limits());
    REQUIRE(light.has_value());
    CHECK(light->usage.cpu_user + light->usage.cpu_system <
          heavy->usage.cpu_user + heavy->usage.cpu_system);
    CHECK(light->usage.peak_memory < heavy->usage.peak_memory);
  }

  TEST_CASE("many runs together may use more than the limit of each") {
    const auto sampled = Host::probe({.best = Tier::c});
    REQUIRE(sampled.has_value());
    Limits limits = usual_limits();
    limits.cpu = 400ms;
    for (const Host* on : {&host(), &*sampled}) {
      Cell cell{*on};
      for (int i = 0; i < 6; ++i) {
        auto report =
            cell.run(shell("i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done; echo $i"), limits);
        REQUIRE(report.has_value());
        CHECK(report->ended_by == EndedBy::program);
        CHECK(report->standard_output == "60000\n");
        CHECK(report->usage.cpu_user + report->usage.cpu_system < limits.cpu);
      }
    }
  }

  TEST_CASE("a program that cannot be executed leaves the cell usable") {
    Cell cell{host()};
    Program missing = shell("");
    missing.arguments = {"/box/none"};
    for (int i = 0; i < 2; ++i) {
      CHECK_FALSE(cell.run(missing, usual_limits()).has_value());
      CHECK(output_of(cell, shell("echo fine")) == "fine\n");
      CHECK(output_of(cell, shell("echo fine")) == "fine\n");
    }
  }
}
