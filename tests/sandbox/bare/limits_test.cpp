// Tier D: limits that nothing but looking can keep.
#include <unistd.h>

#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "tests/sandbox/support.hpp"

using namespace base::literals;
using namespace std::chrono_literals;
using namespace sandbox;
using namespace sandbox::test;

namespace {

Limits small_limits() {
  Limits limits = usual_limits();
  limits.memory = 64_MiB;
  limits.stack = 8_MiB;
  return limits;
}

// An ordinary user's dead children count until somebody has waited for them: on a busy host a
// program that makes one after the other may pass its limit of processes first.
bool too_many_at_once(const RunReport& report) {
  return bare().enforced().processes != "rlimit-nproc" && report.ended_by == EndedBy::process_limit;
}

}  // namespace

TEST_SUITE("sandbox/bare_limits") {
  TEST_CASE("CPU time of the tree ends the run") {
    Limits limits = small_limits();
    limits.cpu = 200ms;
    limits.processes = 400;  // on a busy host many children live at once
    for (const std::string name : {"cpu_spin", "cpu_threads", "cpu_children"}) {
      CAPTURE(name);
      const RunReport report = run_here(probe(name), limits, bare());
      if (too_many_at_once(report)) continue;
      CHECK(report.ended_by == EndedBy::cpu_limit);
      CHECK(report.usage.cpu_user + report.usage.cpu_system >= 190ms);
      CHECK(report.usage.cpu_user + report.usage.cpu_system < 3s);
    }
  }

  TEST_CASE("memory of the tree ends the run, unless the kernel has refused it before") {
    Limits limits = small_limits();
    limits.cpu = 10s;
    limits.processes = 80;
    for (const std::string name : {"memory_bomb", "memory_children", "memory_shared"}) {
      CAPTURE(name);
      const RunReport report = run_here(probe(name), limits, bare());
      if (report.exit == Exit{Exit::Kind::exited, 3}) continue;
      CHECK(report.ended_by == EndedBy::memory_limit);
      CHECK(report.usage.peak_memory >= 48_MiB);
    }
  }

  TEST_CASE("one process too many fails where the id is the program's own, else ends the run") {
    Limits limits = small_limits();
    limits.processes = 10;
    for (const std::string name : {"fork_bomb", "thread_bomb"}) {
      CAPTURE(name);
      const RunReport report = run_here(probe(name), limits, bare());
      if (bare().enforced().processes == "rlimit-nproc") {
        CHECK(report.exit == Exit{Exit::Kind::exited, 0});
        CHECK(report.standard_output == "9\n");  // and itself
      } else {
        CHECK((report.ended_by == EndedBy::process_limit ||
               report.ended_by == EndedBy::memory_limit));  // all of them, on a busy host
      }
    }
    limits.processes = 4;
    CHECK(run_here(shell("(sleep 0.1 & sleep 0.1 & wait); echo fine"), limits, bare())
              .standard_output == "fine\n");
  }

  TEST_CASE("too many bytes, files or levels in the scratch space end the run") {
    Limits limits = usual_limits();
    limits.scratch = 8_MiB;
    limits.scratch_inodes = 200;
    for (const char* script :
         {"for i in 1 2 3 4 5 6; do head -c 3000000 /dev/zero > /tmp/$i; done; sleep 5",
          "for i in $(seq 300); do : > /tmp/$i; done; sleep 5",
          "cd /tmp; for i in $(seq 100); do mkdir d; cd d; done; sleep 5"}) {
      CAPTURE(script);
      const RunReport report = run_here(shell(script), limits, bare());
      CHECK(report.ended_by == EndedBy::scratch_limit);
      CHECK(report.usage.wall < 5s);
    }
    // A single file is cut at once.
    const RunReport one =
        run_here(shell("head -c 20000000 /dev/zero > /tmp/x; echo $?"), limits, bare());
    CHECK(one.standard_output == "153\n");
    const RunReport fits = run_here(
        shell("head -c 6000000 /dev/zero > /tmp/a; ln -s / /tmp/b; ls /tmp"), limits, bare());
    CHECK(fits.standard_output == "a\nb\n");
    CHECK(fits.ended_by == EndedBy::program);
  }
}
