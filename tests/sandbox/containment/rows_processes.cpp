// Attacks on the limit of processes, on time and by signals.
#include <csignal>

#include "tests/sandbox/containment/rows.hpp"

namespace sandbox::test {
namespace {

using namespace base::literals;
using namespace std::chrono_literals;

constexpr Exit kSuccess{Exit::Kind::exited, 0};
constexpr Exit kKilled{Exit::Kind::signaled, SIGKILL};

// Short, but long enough for a runtime to print its first line on a busy host.
const LimitChanges kShortWall{.wall = 400ms};
const LimitChanges kShortWallOfRuntime{.wall = 1200ms};
const LimitChanges kShortCpu{.cpu = 300ms};
const LimitChanges kShortCpuOfRuntime{.cpu = 600ms};
const LimitChanges kTenProcesses{.processes = 10};

Expected ends_by(EndedBy reason, std::vector<std::string> lines = {}) {
  return Expected{.ended_by = {reason}, .lines = std::move(lines)};
}

// An ordinary user's processes are counted together in tier D: too many of the program's end the
// run. The dead count until somebody has waited for them; on a busy host all of them together may
// take too much memory before that is seen.
std::vector<Instead> ended_when_watched(EndedBy or_by = EndedBy::memory_limit) {
  return {{Tier::d, {.ended_by = {EndedBy::process_limit, or_by}}, Where::User::ordinary}};
}

std::vector<Row> bomb_rows() {
  using enum Clause;
  return {
      {.clause = process_bombs,
       .name = "forks",
       .probe = "processes/fork_bomb",
       .limits = kTenProcesses,
       .expected = {.output = "9\n"},
       .instead = ended_when_watched()},
      {.clause = process_bombs,
       .name = "threads",
       .probe = "processes/thread_bomb",
       .limits = kTenProcesses,
       .expected = {.output = "9\n"},
       .instead = ended_when_watched()},
      {.clause = process_bombs,
       .name = "forks of Python, again after one has died",
       .probe = "processes/process_bomb.py",
       .limits = kTenProcesses,
       .expected = {.output = "EAGAIN 9\nEAGAIN 9\n"},
       .instead = ended_when_watched(EndedBy::memory_limit)},
      {.clause = process_bombs,
       .name = "threads of Python",
       .probe = "processes/thread_bomb.py",
       .limits = kTenProcesses,
       .expected = {.output = "can't start new thread\n9 True\n"},
       .instead = ended_when_watched()},
      {.clause = process_bombs,
       .name = "children of Node",
       .probe = "processes/spawn_bomb.mjs",
       .expected = {.output = "EAGAIN true true\nagain works\n"},
       .instead = ended_when_watched()},
      {.clause = process_bombs,
       .name = "workers of Node",
       .probe = "processes/worker_bomb.mjs",
       .expected = {.ended_by = {EndedBy::memory_limit, EndedBy::program},
                    .exit = {kSuccess,
                             kKilled,
                             {Exit::Kind::signaled, SIGTRAP},
                             {Exit::Kind::signaled, SIGABRT}},
                    .lines = {"first worker answers"}}},
      {.clause = process_bombs,
       .name = "processes that replace themselves",
       .probe = "processes/fork_forever",
       .limits = kShortWall,
       .expected = ends_by(EndedBy::wall_limit),
       .instead = ended_when_watched(EndedBy::wall_limit)},
      {.clause = process_bombs,
       .name = "one process that executes itself for ever",
       .probe = "processes/exec_forever",
       .limits = kShortCpu,
       .expected = ends_by(EndedBy::cpu_limit, {"executed"})},
  };
}

std::vector<Row> survivor_rows() {
  using enum Clause;
  const auto exits = [](int code, const char* output) {
    return Expected{.exit = {{Exit::Kind::exited, code}}, .output = output};
  };
  return {
      {.clause = survivors,
       .name = "a daemon",
       .probe = "processes/daemon",
       .expected = exits(5, "")},
      {.clause = survivors,
       .name = "daemons of daemons",
       .probe = "processes/survive",
       .arguments = {"daemon"}},
      {.clause = survivors,
       .name = "a chain of forks, each link of which ends at once",
       .probe = "processes/survive",
       .arguments = {"chain"},
       .instead = ended_when_watched(EndedBy::program)},
      {.clause = survivors,
       .name = "one that collects its own orphans",
       .probe = "processes/survive",
       .arguments = {"subreaper"}},
      {.clause = survivors,
       .name = "orphans that hold the streams",
       .probe = "processes/orphan_pipes",
       .limits = {.wall = 4s},
       .expected = exits(3, "done\n")},
      {.clause = survivors,
       .name = "a daemon of Python",
       .probe = "processes/daemon.py",
       .expected = exits(5, "daemon lives\n")},
      {.clause = survivors,
       .name = "detached children of Node",
       .probe = "processes/detached.mjs",
       .expected = exits(4, "three detached\n")},
  };
}

std::vector<Row> sleep_rows() {
  using enum Clause;
  return {
      {.clause = sleeping,
       .name = "sleep with all signals blocked",
       .probe = "time/sleep",
       .limits = kShortWall,
       .expected = ends_by(EndedBy::wall_limit, {"slept 0"})},
      {.clause = sleeping,
       .name = "all signals ignored",
       .probe = "signals/ignore_signals",
       .limits = kShortWall,
       .expected = ends_by(EndedBy::wall_limit)},
      {.clause = sleeping,
       .name = "processes that stop themselves",
       .probe = "signals/stop_itself",
       .limits = kShortWall,
       .expected = ends_by(EndedBy::wall_limit, {"before"})},
      {.clause = sleeping,
       .name = "a parent held by vfork",
       .probe = "time/vfork_block",
       .limits = kShortWall,
       .expected = ends_by(EndedBy::wall_limit, {"vfork 1"})},
      {.clause = sleeping,
       .name = "Node with a handler for every signal",
       .probe = "signals/deaf.mjs",
       .limits = kShortWallOfRuntime,
       .expected = ends_by(EndedBy::wall_limit, {"handled"})},
      {.clause = sleeping,
       .name = "Node in a wait that nobody ends",
       .probe = "time/atomics_wait.mjs",
       .limits = kShortWallOfRuntime,
       .expected = ends_by(EndedBy::wall_limit, {"timed-out"})},
  };
}

std::vector<Row> spin_rows() {
  using enum Clause;
  std::vector<Row> rows;
  const auto add = [&](const char* name, const char* probe, const LimitChanges& limits,
                       std::vector<std::string> lines) {
    rows.push_back({.clause = spinning,
                    .name = name,
                    .probe = probe,
                    .limits = limits,
                    .expected = ends_by(EndedBy::cpu_limit, std::move(lines))});
  };
  add("a loop", "time/cpu_spin", kShortCpu, {});
  add("microtasks", "time/microtasks.mjs", kShortCpuOfRuntime, {"starts"});
  add("immediates", "time/event_loop.mjs", kShortCpuOfRuntime, {"timer"});
  add("a regular expression of Node", "time/regexp.mjs", kShortCpuOfRuntime, {"true"});
  add("a regular expression of Python", "time/regexp.py", kShortCpuOfRuntime, {"True"});
  add("one native call", "time/native_call.py", kShortCpuOfRuntime, {"81"});
  add("a storm of signals", "time/signal_storm", kShortCpu, {"storm"});
  return rows;
}

std::vector<Row> hidden_cpu_rows() {
  using enum Clause;
  std::vector<Row> rows;
  for (const char* probe : {"cpu_threads", "cpu_children", "cpu_orphans"}) {
    rows.push_back({.clause = hidden_cpu,
                    .name = probe,
                    .probe = std::string{"time/"} + probe,
                    .limits = kShortCpu,
                    .expected = ends_by(EndedBy::cpu_limit)});
  }
  // On a busy host more of them live at once.
  for (Row& row : rows) row.instead = ended_when_watched(EndedBy::cpu_limit);
  rows.push_back(
      {.clause = hidden_cpu,
       .name = "time in the kernel",
       .probe = "time/cpu_system",
       .limits = kShortCpu,
       .expected = {.ended_by = {EndedBy::cpu_limit}, .lines = {"read 1"}, .system_time = true}});
  return rows;
}

std::vector<Row> signal_rows() {
  using enum Clause;
  return {
      {.clause = signals,
       .name = "everybody killed",
       .probe = "signals/kill_everything",
       .expected = {.exit = {kKilled}}},
      {.clause = signals,
       .name = "every signal to init and parent",
       .probe = "signals/signal_init",
       .expected = {.output = "parent 1, child ended by 15\n"},
       .instead = {{Tier::d, {.pattern = "parent [0-9]+, child ended by 15\n"}}}},
      {.clause = signals,
       .name = "signals to groups",
       .probe = "signals/signal_group.py",
       .expected = {.lines = {"child 15", "still here"}}},
  };
}

}  // namespace

std::vector<Row> process_rows() {
  std::vector<Row> all;
  for (const auto part :
       {bomb_rows, survivor_rows, sleep_rows, spin_rows, hidden_cpu_rows, signal_rows}) {
    for (Row& row : part()) all.push_back(std::move(row));
  }
  return all;
}

}  // namespace sandbox::test
