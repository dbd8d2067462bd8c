// Mode `preload`: the programs of clock_test.cpp, as far as they stay one process.
#include <unistd.h>

#include <chrono>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

#include "sandbox/time/virtual_clock.hpp"
#include "tests/sandbox/support.hpp"
#include "tests/sandbox/time/programs/programs.hpp"

using namespace std::chrono_literals;
using namespace sandbox;
using namespace sandbox::test;
using sandbox::time::VirtualClock;

namespace {

std::shared_ptr<VirtualClock> make_clock() {
  auto clock = VirtualClock::make(TimeMode::preloaded);
  REQUIRE_MESSAGE(clock.has_value(), clock.error().message());
  return std::move(*clock);
}

Program under(Program program, std::shared_ptr<VirtualClock> clock) {
  program.clock = std::move(clock);
  return program;
}

Program interpreted(Profile profile, const std::string& interpreter, std::string_view name,
                    std::vector<std::string> arguments = {}) {
  Program program;
  program.profile = profile;
  const std::string path = "/box/" + std::string{name};
  for (const base::EmbeddedText& one : clock_programs()) {
    if (one.name == name) program.files = {File{path, text(one.content)}};
  }
  REQUIRE(program.files.size() == 1);
  program.arguments = {interpreter, path};
  program.arguments.insert(program.arguments.end(), arguments.begin(), arguments.end());
  program.environment = {"PATH=/usr/bin:/bin"};
  return program;
}

Program node(const std::string& source) {
  Program program;
  program.profile = Profile::node;
  program.arguments = {"/usr/bin/node", "-e", source};
  return program;
}

bool is_missing(const char* path) {
  if (::access(path, X_OK) == 0) return false;
  MESSAGE("SKIPPED: no " << path << " here");
  return true;
}

void check_preloaded(const RunReport& report) {
  INFO(report.standard_output << report.standard_error);
  CHECK(report.ended_by == EndedBy::program);
  CHECK(report.exit == Exit{Exit::Kind::exited, 0});
  CHECK(report.enforced.time == "preload");
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

}  // namespace

TEST_SUITE("sandbox/time/preload") {
  TEST_CASE("every call with a time limit takes exactly that time by every clock") {
    const auto clock = make_clock();
    const RunReport report = run_here(under(probe("timed_calls"), clock));
    check_preloaded(report);
    INFO(report.standard_output);
    CHECK(count_of(report.standard_output, ": 0, 3600000000 to 3600000000 us\n") == 16);
    CHECK(clock->now() == 16h);
    CHECK(clock->spun() == 0ns);
    CHECK(report.usage.wall < 10s);
    for (const char* line : {"sysinfo: same\n", "timerfd: missing\n", "processor time: real\n"}) {
      CHECK(report.standard_output.find(line) != std::string::npos);
    }
  }

  TEST_CASE("threads wake in the order of their times, and waiting between threads works") {
    const RunReport report = run_here(under(probe("threads", {"alone"}), make_clock()));
    check_preloaded(report);
    CHECK(report.standard_output ==
          "slept 7 at 3600000\nslept 6 at 7200000\nslept 5 at 10800000\nslept 4 at 14400000\n"
          "slept 3 at 18000000\nslept 2 at 21600000\nslept 1 at 25200000\nslept 0 at 28800000\n"
          "condition 1 at 10000\ncondition 0 at 3610000\n"
          "mutex 0 at 3600000\nmutex 1 at 5400000\n"
          "future 0 at 1000\nfuture 1 at 5000\n"
          "worked 0 at 0\nspun 0 at 50\n");
  }

  TEST_CASE("all timers of Node run on the clock, and work in its thread pool takes no time") {
    if (is_missing("/usr/bin/node")) return;
    const RunReport report =
        run_here(under(interpreted(Profile::node, "/usr/bin/node", "timers.mjs"), make_clock()));
    check_preloaded(report);
    CHECK(report.standard_output ==
          "2026-01-01T00:00:00.000Z 0\nwork in the thread pool 0\ntimeout 1 1\ntimeout 5 5\n"
          "promise 10\nAtomics.wait 5010\ntimeout 50 5010\nAbortSignal.timeout 5110\n"
          "interval 65210\ninterval 125210\ninterval 185210\nworker 192210\nspun 192230\n"
          "20 days 1728192230\nall clocks agree\n");
  }

  TEST_CASE("Python waits on the clock") {
    if (is_missing("/usr/bin/python3")) return;
    const RunReport report = run_here(under(
        interpreted(Profile::python, "/usr/bin/python3", "waits.py", {"alone"}), make_clock()));
    check_preloaded(report);
    CHECK(report.standard_output ==
          "sleep 3600.0\ngather 3700.0\nwait_for 3705.0\ntimer 3765.0\nevent False 3775.0\n"
          "condition False 3778.0\nsocket 3780.5\nselect ([], [], []) 3782.0\npoll 0 3783.5\n"
          "alarm 3813.5\nsleep around an alarm 3843.5\nall clocks agree\n");
  }

  TEST_CASE("timers that race with each other and with the thread pool race alike every time") {
    if (is_missing("/usr/bin/node")) return;
    const Program program = node(
        "const log = []; for (let i = 0; i < 20; i++) setTimeout(() => { log.push(i);"
        "  if (i % 3 === 0) setTimeout(() => log.push('n' + i), (i * 7) % 5); }, (i * 37) % 11);"
        "require('fs').readFile('/usr/bin/env', () => log.push('fs'));"
        "setTimeout(() => console.log(log.join()), 1000);");
    std::set<std::string> outputs;
    for (int i = 0; i < 20; ++i) {
      const RunReport report = run_here(under(program, make_clock()));
      check_preloaded(report);
      outputs.insert(report.standard_output);
    }
    CHECK(outputs.size() == 1);
  }

  TEST_CASE("a program that no library can be put into lives in real time, and the run says so") {
    const auto clock = make_clock();
    const RunReport report = run_here(under(probe("static_sleep"), clock));
    CHECK(report.exit == Exit{Exit::Kind::exited, 0});
    CHECK(report.enforced.time == "real");
    CHECK(report.usage.wall >= 40ms);
    CHECK(clock->now() == 0ns);
  }

  TEST_CASE("while another process lives the clock stands still, and that one's time is real") {
    const auto clock = make_clock();
    const RunReport report = run_here(under(shell("sleep 0.05; date +%s"), clock));
    check_preloaded(report);
    CHECK(report.standard_output == "1767225600\n");
    CHECK(report.usage.wall >= 50ms);
    CHECK(clock->now() == 0ns);
  }

  TEST_CASE("a program can neither write the clock nor take the pages away from its caller") {
    if (is_missing("/usr/bin/python3")) return;
    Program program;
    program.profile = Profile::python;
    program.arguments = {"/usr/bin/python3", "-c",
                         "import errno, os, time\n"
                         "def attempt(name, what):\n"
                         "    try: what(); print(name, 'done')\n"
                         "    except OSError as e: print(name, errno.errorcode[e.errno])\n"
                         "def write_again(fd):\n"
                         "    again = os.open('/proc/self/fd/%d' % fd, os.O_RDWR)\n"
                         "    os.pwrite(again, bytes(8), 0)\n"
                         "clock, waits = map(int, os.environ['SANDBOX_CLOCK'].split(',')[:2])\n"
                         "attempt('write', lambda: os.pwrite(clock, bytes(8), 0))\n"
                         "attempt('write again', lambda: write_again(clock))\n"
                         "attempt('cut', lambda: os.ftruncate(waits, 0))\n"
                         "time.sleep(3600)\n"};
    const auto clock = make_clock();
    const RunReport report = run_here(under(program, clock));
    check_preloaded(report);
    CHECK(report.standard_output == "write EBADF\nwrite again EPERM\ncut EPERM\n");
    CHECK(clock->now() == 1h);
  }

  TEST_CASE("one clock is for one run at a time") {
    const auto clock = make_clock();
    const auto first = Process::start(host(), under(shell("sleep 1d"), clock), usual_limits());
    REQUIRE(first.has_value());
    const auto second = Process::start(host(), under(shell("sleep 1"), clock), usual_limits());
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().message() ==
          "sandbox: in mode preload one run at a time has a virtual clock");
  }

  TEST_CASE("a program has no more threads than it may have, beside the one of the clock") {
    Limits limits = usual_limits();
    limits.processes = 1;
    Program program = under(probe("timed_calls"), make_clock());
    check_preloaded(run_here(program, limits));
  }

  TEST_CASE("a forbidden call ends a run under the clock, by name") {
    const RunReport report = run_here(under(probe("forbidden_call", {"mount"}), make_clock()));
    CHECK(report.ended_by == EndedBy::forbidden_syscall);
  }

  TEST_CASE("a host that is asked for no better mode has this one, and one asked for real none") {
    auto options = wanted_options();
    options.best_time = TimeMode::preloaded;
    const auto preloading = Host::probe(options);
    REQUIRE(preloading.has_value());
    CHECK(preloading->time_mode() == TimeMode::preloaded);
    CHECK(preloading->can_virtualise_time().has_value());
    options.best_time = TimeMode::real;
    const auto real = Host::probe(options);
    REQUIRE(real.has_value());
    CHECK(real->time_mode() == TimeMode::real);
    CHECK(real->can_virtualise_time().error().message() == "sandbox: real time is wanted");
  }

  TEST_CASE("it works without namespaces and without a listener") {
    for (const Tier tier : {Tier::c, Tier::d}) {
      const auto weak =
          Host::probe({.use_listener = false, .best = tier, .best_time = TimeMode::notified});
      if (!weak) continue;
      CAPTURE(name_of(tier));
      CHECK(weak->time_mode() == TimeMode::preloaded);
      const auto clock = make_clock();
      check_preloaded(run_here(under(probe("timed_calls"), clock), usual_limits(), *weak));
      CHECK(clock->now() == 16h);
    }
  }
}
