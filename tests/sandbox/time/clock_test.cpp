#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
  auto clock = VirtualClock::make();
  REQUIRE_MESSAGE(clock.has_value(), clock.error().message());
  return std::move(*clock);
}

Program under(Program program, std::shared_ptr<VirtualClock> clock) {
  program.clock = std::move(clock);
  return program;
}

std::shared_ptr<const std::string> script(std::string_view name) {
  for (const base::EmbeddedText& program : clock_programs()) {
    if (program.name == name) return text(program.content);
  }
  FAIL("no such program in tests/sandbox/time/programs");
  return nullptr;
}

Program interpreted(Profile profile, std::string interpreter, std::string_view name) {
  Program program;
  program.profile = profile;
  const std::string path = "/box/" + std::string{name};
  program.files = {File{path, script(name)}};
  program.arguments = {std::move(interpreter), path};
  program.environment = {"PATH=/usr/bin:/bin"};
  return program;
}

bool is_missing(const char* path) {
  if (::access(path, X_OK) == 0) return false;
  MESSAGE("SKIPPED: no " << path << " here");
  return true;
}

void check_ended_well(const RunReport& report) {
  INFO(report.standard_output << report.standard_error);
  CHECK(report.ended_by == EndedBy::program);
  CHECK(report.exit == Exit{Exit::Kind::exited, 0});
}

// "name: result, least to most us"
struct Waited {
  std::string name;
  long result = 0;
  long long least = 0;
  long long most = 0;
};
std::vector<Waited> read_waits(const std::string& output) {
  std::vector<Waited> all;
  std::istringstream lines{output};
  for (std::string line; std::getline(lines, line);) {
    const std::size_t colon = line.rfind(": ");
    Waited one{.name = line.substr(0, colon)};
    char unit[3] = {};
    if (std::sscanf(line.c_str() + colon, ": %ld, %lld to %lld %2s", &one.result, &one.least,
                    &one.most, static_cast<char*>(unit)) == 4) {
      all.push_back(one);
    }
  }
  return all;
}

}  // namespace

TEST_CASE("every call with a time limit takes exactly that time by every clock") {
  const auto clock = make_clock();
  const RunReport report = run_here(under(probe("timed_calls"), clock));
  check_ended_well(report);
  const auto waits = read_waits(report.standard_output);
  CHECK(waits.size() == 16);
  constexpr long long kHour = 3'600'000'000;
  for (const Waited& wait : waits) {
    CAPTURE(wait.name);
    CHECK(wait.result == 0);
    CHECK(wait.least == kHour);
    CHECK(wait.most == kHour);
  }
  CHECK(clock->now() == std::chrono::hours{16});
  CHECK(clock->spun() == 0ns);
  CHECK(report.usage.wall < 10s);
  for (const char* line : {"sysinfo: same\n", "timerfd: missing\n", "processor time: real\n"}) {
    CHECK(report.standard_output.find(line) != std::string::npos);
  }
}

TEST_CASE("without a clock the same calls take real time") {
  const RunReport report = run_here(probe("timed_calls", {"20"}));
  check_ended_well(report);
  const auto waits = read_waits(report.standard_output);
  CHECK(waits.size() == 16);
  for (const Waited& wait : waits) {
    CAPTURE(wait.name);
    CHECK(wait.result == 0);
    CHECK(wait.least >= 15'000);  // coarse clocks move in steps of up to 4 ms
  }
  CHECK(report.usage.wall > 300ms);
  CHECK(report.standard_output.find("timerfd: there\n") != std::string::npos);
}

TEST_CASE("threads wake in the order of their times, and waiting between threads works") {
  const RunReport report = run_here(under(probe("threads"), make_clock()));
  check_ended_well(report);
  CHECK(report.standard_output ==
        "slept 7 at 3600000\nslept 6 at 7200000\nslept 5 at 10800000\nslept 4 at 14400000\n"
        "slept 3 at 18000000\nslept 2 at 21600000\nslept 1 at 25200000\nslept 0 at 28800000\n"
        "condition 1 at 10000\ncondition 0 at 3610000\n"
        "mutex 0 at 3600000\nmutex 1 at 5400000\n"
        "future 0 at 1000\nfuture 1 at 5000\n"
        "parent 0 at 10000\nchild 0 at 20000\nreaped 0 at 20000\n"
        "worked 0 at 0\nspun 0 at 50\n");
}

TEST_CASE("all timers of Node run on the clock, and work in its thread pool takes no time") {
  if (is_missing("/usr/bin/node")) return;
  const RunReport report =
      run_here(under(interpreted(Profile::node, "/usr/bin/node", "timers.mjs"), make_clock()));
  check_ended_well(report);
  CHECK(report.standard_output ==
        "2026-01-01T00:00:00.000Z 0\nwork in the thread pool 0\ntimeout 1 1\ntimeout 5 5\n"
        "promise 10\nAtomics.wait 5010\ntimeout 50 5010\nAbortSignal.timeout 5110\n"
        "interval 65210\ninterval 125210\ninterval 185210\nworker 192210\nspun 192230\n"
        "20 days 1728192230\nall clocks agree\n");
}

TEST_CASE("Python waits on the clock, and so do the programs that it starts") {
  if (is_missing("/usr/bin/python3")) return;
  const RunReport report =
      run_here(under(interpreted(Profile::python, "/usr/bin/python3", "waits.py"), make_clock()));
  check_ended_well(report);
  CHECK(report.standard_output ==
        "sleep 3600.0\ngather 3700.0\nwait_for 3705.0\ntimer 3765.0\nevent False 3775.0\n"
        "condition False 3778.0\nsocket 3780.5\nselect ([], [], []) 3782.0\npoll 0 3783.5\n"
        "alarm 3813.5\nsleep around an alarm 3843.5\nchild 3893 3893.5\n"
        "child given up 3913.5\nThu Jan  1 01:05:18 UTC 2026 4 3918.5\n"
        "forked 3948.5\nreaped 3948.5\nall clocks agree\n");
}

TEST_CASE("a program that makes other programs finds no descriptors of ours") {
  const RunReport report =
      run_here(under(shell("nosuch; ls /proc/self/fd; exec ls /proc/self/fd"), make_clock()));
  CHECK(report.standard_output == "0\n1\n2\n3\n0\n1\n2\n3\n");
}

TEST_CASE("what cannot be executed is said as ever, at first and later") {
  Program script = under(probe("timed_calls"), make_clock());
  script.files = {File{"/box/probe", text("no program"), true}};
  const auto started = Process::start(host(), script, usual_limits());
  REQUIRE_FALSE(started.has_value());
  CHECK(started.error().message().find("ENOEXEC") != std::string::npos);
  CHECK(run_here(under(shell("/etc; echo $?"), make_clock())).standard_output == "126\n");
}

TEST_CASE("programs under one clock share its time") {
  const auto clock = make_clock();
  const auto start = [&](const char* source) {
    auto process = Process::start(host(), under(shell(source), clock), usual_limits());
    REQUIRE_MESSAGE(process.has_value(), process.error().message());
    return std::move(*process);
  };
  Process slow = start("sleep 10; date +%s; sleep 10; date +%s");
  Process quick = start("sleep 3; date +%s; sleep 3; date +%s; sleep 20; date +%s");
  const auto end = [](Process& process) {
    while (true) {
      const auto wake = process.wait(-1, std::nullopt);
      REQUIRE(wake.has_value());
      if (*wake == Process::Wake::ended) break;
    }
    auto report = std::move(process).finish();
    REQUIRE(report.has_value());
    return report->standard_output;
  };
  CHECK(end(slow) == "1767225610\n1767225620\n");
  CHECK(end(quick) == "1767225603\n1767225606\n1767225626\n");
  CHECK(clock->now() == 26s);
}

TEST_CASE("who waits for stillness learns whether others ran, and no time passes") {
  const auto clock = make_clock();
  auto process = Process::start(host(), under(shell("sleep 5; echo on"), clock), usual_limits());
  REQUIRE_MESSAGE(process.has_value(), process.error().message());
  CHECK(process->wait_until_still().value() == Process::Rest::others_ran);
  CHECK(process->wait_until_still().value() == Process::Rest::others_slept);
  CHECK(clock->now() == 0s);
  while (process->wait(-1, std::nullopt).value() != Process::Wake::ended) {
  }
  CHECK(process->wait_until_still().value() == Process::Rest::ended);
  CHECK(clock->now() == 5s);
  CHECK(std::move(*process).finish().value().standard_output == "on\n");
}

TEST_CASE("time does not jump while an answer of the program waits for its caller") {
  const auto clock = make_clock();
  std::array<int, 2> ends{};
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
  const base::UniqueFd ours{ends[0]};
  base::UniqueFd theirs{ends[1]};
  Program program = under(shell("echo one >&3; sleep 5; echo two >&3"), clock);
  program.inherited.push_back({.source = theirs.get(), .number = 3});
  auto process = Process::start(host(), program, usual_limits());
  REQUIRE_MESSAGE(process.has_value(), process.error().message());
  theirs.reset();
  const auto answer = [&] {
    std::string line(4, '\0');
    REQUIRE(::read(ours.get(), line.data(), line.size()) == 4);
    return line;
  };
  // The program falls asleep after its answer; many looks see that.
  for (int looks = 0; looks < 100; ++looks) {
    REQUIRE(process->wait(ours.get(), 100ms).value() == Process::Wake::channel_ready);
    ::usleep(200);
  }
  CHECK(clock->now() == 0s);
  CHECK(answer() == "one\n");
  while (process->wait(ours.get(), 10s).value() == Process::Wake::timeout) {
  }
  CHECK(clock->now() == 5s);
  CHECK(answer() == "two\n");
}

TEST_CASE("the time of day can be set forward, not back, and nobody wakes up for that") {
  const auto clock = make_clock();
  auto process =
      Process::start(host(), under(shell("date +%s; sleep 10; date +%s"), clock), usual_limits());
  REQUIRE_MESSAGE(process.has_value(), process.error().message());
  while (process->wait_until_still().value() == Process::Rest::others_ran) {
  }
  clock->set_realtime(VirtualClock::kRealtimeStart + 1h);
  CHECK(clock->realtime() == VirtualClock::kRealtimeStart + 1h);
  clock->set_realtime(VirtualClock::kRealtimeStart);
  CHECK(clock->realtime() == VirtualClock::kRealtimeStart + 1h);
  CHECK(clock->now() == 0s);
  while (process->wait(-1, std::nullopt).value() != Process::Wake::ended) {
  }
  CHECK(clock->now() == 10s);
  CHECK(std::move(*process).finish().value().standard_output == "1767225600\n1767229210\n");
}

TEST_CASE("time can be let pass at once, but not before others wait or where others are") {
  struct Row {
    const char* code;
    bool can_pass;
  };
  for (const Row& row : {Row{"read -r line", true}, Row{"exec sleep 5", false},
                         Row{"/bin/true; read -r line", false}}) {
    CAPTURE(row.code);
    const auto clock = make_clock();
    Program program = under(shell(std::string{row.code} + " <&3; echo $EPOCHSECONDS"), clock);
    program.arguments.front() = "/bin/bash";
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    base::UniqueFd theirs{ends[0]};
    const base::UniqueFd ours{ends[1]};
    program.inherited.push_back({.source = theirs.get(), .number = 3});
    auto process = Process::start(host(), program, usual_limits());
    REQUIRE_MESSAGE(process.has_value(), process.error().message());
    theirs.reset();
    while (process->wait_until_still().value() == Process::Rest::others_ran) {
    }
    CHECK(clock->pass(1h) == row.can_pass);
    CHECK(clock->now() == (row.can_pass ? 1h : 0h));
    CHECK(!clock->pass(0s));
    REQUIRE(::write(ours.get(), "\n", 1) == 1);
    while (process->wait(-1, std::nullopt).value() != Process::Wake::ended) {
    }
    if (!row.can_pass) continue;
    const std::chrono::seconds seconds =
        std::chrono::duration_cast<std::chrono::seconds>(VirtualClock::kRealtimeStart + 1h);
    CHECK(std::move(*process).finish().value().standard_output ==
          std::to_string(seconds.count()) + "\n");
  }
}

TEST_CASE("a run that begins later finds the time that the clock has then") {
  const auto clock = make_clock();
  CHECK(run_here(under(shell("sleep 100"), clock)).exit.value == 0);
  CHECK(run_here(under(shell("date +%s"), clock)).standard_output == "1767225700\n");
}

TEST_CASE("a run that is ended while its threads wait leaves the clock to others") {
  const auto clock = make_clock();
  {
    auto process =
        Process::start(host(), under(shell("sleep 5; sleep 1000000"), clock), usual_limits());
    REQUIRE(process.has_value());
    CHECK(process->wait(-1, 0ms).has_value());
  }
  CHECK(run_here(under(shell("sleep 7; echo on"), clock)).standard_output == "on\n");
}

TEST_CASE("limits stay in real time under a clock") {
  Limits limits = usual_limits();
  limits.cpu = 200ms;
  const RunReport report =
      run_here(under(shell("sleep 1000; while :; do :; done"), make_clock()), limits);
  CHECK(report.ended_by == EndedBy::cpu_limit);
  limits.wall = 300ms;
  const RunReport stopped = run_here(under(shell("kill -STOP $$"), make_clock()), limits);
  CHECK(stopped.ended_by == EndedBy::wall_limit);
}

TEST_CASE("a forbidden call ends a run under a clock, by name") {
  const RunReport report = run_here(under(probe("forbidden_call", {"mount"}), make_clock()));
  CHECK(report.ended_by == EndedBy::forbidden_syscall);
  CHECK(report.forbidden_syscall == "mount");
}

TEST_CASE("a program can neither write the clock nor run away with it") {
  const auto clock = make_clock();
  const RunReport report = run_here(under(probe("meddle_with_clock"), clock));
  check_ended_well(report);
  CHECK(report.standard_output ==
        "write to the clock: SIGSEGV\nmake it writable: EACCES\nwrite ahead: done\nslept\n");
  CHECK(clock->now() <= std::chrono::hours{2});
}
