// Tier D: nothing survives, whoever is killed. Every process of a run holds a pipe, which hangs up
// when the last of them is gone.
#include <dirent.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "sandbox/base/io.hpp"
#include "tests/sandbox/support.hpp"

using namespace base::literals;
using namespace std::chrono_literals;
using namespace sandbox;
using namespace sandbox::test;

namespace {

std::vector<pid_t> children_of(pid_t pid) {
  std::ifstream list{"/proc/" + std::to_string(pid) + "/task/" + std::to_string(pid) + "/children"};
  std::vector<pid_t> pids;
  for (pid_t child = 0; list >> child;) pids.push_back(child);
  return pids;
}

// A run that stays, on a host of its own, and who stands above it.
struct Lineage {
  base::Pipe pipe;
  std::unique_ptr<Host> host;
  std::unique_ptr<Process> process;
  pid_t launcher = 0;
  pid_t slot = 0;
  pid_t init = 0;
  std::string folder;
};

Lineage start_survivors(const std::string& how, const ProbeOptions& options, bool stays = true) {
  Lineage line;
  auto pipe = base::make_pipe();
  REQUIRE(pipe.has_value());
  line.pipe = std::move(*pipe);
  const std::vector<pid_t> before = children_of(::getpid());
  auto probed = Host::probe(options);
  REQUIRE_MESSAGE(probed.has_value(), probed.error().message());
  REQUIRE(probed->tier() == Tier::d);
  line.host = std::make_unique<Host>(std::move(*probed));
  Program program = probe("survive", {how});
  if (stays) program.arguments.emplace_back("stay");
  program.inherited = {{line.pipe.write.get(), 3}};
  auto process = Process::start(*line.host, program, usual_limits());
  REQUIRE_MESSAGE(process.has_value(), process.error().message());
  line.process = std::make_unique<Process>(std::move(*process));
  line.pipe.write.reset();
  for (const pid_t child : children_of(::getpid())) {
    if (std::find(before.begin(), before.end(), child) == before.end()) line.launcher = child;
  }
  REQUIRE(children_of(line.launcher).size() == 1);
  line.slot = children_of(line.launcher).front();
  REQUIRE(children_of(line.slot).size() == 1);
  line.init = children_of(line.slot).front();
  const std::string box = line.process->path_inside("/box");
  line.folder = box.substr(0, box.rfind('/'));
  return line;
}

void wait_until_begun(const Lineage& line) {
  char byte = 0;
  REQUIRE(::read(line.pipe.read.get(), &byte, 1) == 1);
}

bool hangs_up(const Lineage& line) {
  pollfd hang_up{line.pipe.read.get(), POLLIN, 0};
  for (char bytes[64]; ::poll(&hang_up, 1, 10'000) == 1;) {
    if (::read(line.pipe.read.get(), bytes, sizeof bytes) == 0) return true;
  }
  return false;
}

bool disappears(const std::string& folder) {
  for (int i = 0; i < 1000 && std::filesystem::exists(folder); ++i) ::usleep(5000);
  return !std::filesystem::exists(folder);
}

// Versions that end a tree by different means: kill(-1) inside a scope; as root, as the program's
// own id; by walking.
std::vector<ProbeOptions> means() {
  std::vector<ProbeOptions> all;
  for (const unsigned version : {99U, 5U, 1U}) {
    all.push_back({.best = Tier::d, .landlock = version});
  }
  return all;
}

}  // namespace

TEST_SUITE("sandbox/bare_tree") {
  TEST_CASE("nothing survives the end of the program, nor the end that its caller sets") {
    for (const ProbeOptions& options : means()) {
      CAPTURE(options.landlock);
      for (const std::string how : {"daemon", "chain", "subreaper"}) {
        CAPTURE(how);
        Lineage ends = start_survivors(how, options, false);
        CHECK(ends.process->wait(-1, 10s).value() == Process::Wake::ended);
        auto report = std::move(*ends.process).finish();
        REQUIRE_MESSAGE(report.has_value(), report.error().message());
        CHECK(report->exit == Exit{Exit::Kind::exited, 0});
        CHECK(report->usage.wall < 8s);
        CHECK(hangs_up(ends));
        Lineage stays = start_survivors(how, options);
        wait_until_begun(stays);
        report = std::move(*stays.process).finish();
        REQUIRE(report.has_value());
        CHECK(report->ended_by == EndedBy::caller);
        CHECK(hangs_up(stays));
      }
    }
  }

  TEST_CASE("nothing survives a limit, nor a process that is dropped") {
    for (const ProbeOptions& options : means()) {
      CAPTURE(options.landlock);
      Lineage line = start_survivors("daemon", options);
      line.process.reset();
      CHECK(hangs_up(line));
      CHECK(disappears(line.folder));
      auto own_host = Host::probe(options);
      REQUIRE(own_host.has_value());
      Limits limits = usual_limits();
      limits.wall = 100ms;
      Program program = probe("survive", {"chain", "stay"});
      auto pipe = base::make_pipe();
      REQUIRE(pipe.has_value());
      program.inherited = {{pipe->write.get(), 3}};
      const RunReport report = run_here(program, limits, *own_host);
      CHECK(report.ended_by == EndedBy::wall_limit);
    }
  }

  TEST_CASE("whoever of launcher, slot and init is killed, the others end what is left") {
    struct Row {
      std::string name;
      bool launcher, slot, init;
    };
    for (const ProbeOptions& options : means()) {
      CAPTURE(options.landlock);
      for (const Row& row :
           {Row{"init", false, false, true}, Row{"slot", false, true, false},
            Row{"launcher", true, false, false}, Row{"slot and init", false, true, true},
            Row{"launcher and slot", true, true, false},
            Row{"launcher and init", true, false, true}}) {
        CAPTURE(row.name);
        Lineage line = start_survivors("daemon", options);
        wait_until_begun(line);
        // From below: whoever is above one that is killed may end the others at once.
        if (row.init) REQUIRE(::kill(line.init, SIGKILL) == 0);
        if (row.slot) REQUIRE(::kill(line.slot, SIGKILL) == 0);
        if (row.launcher) REQUIRE(::kill(line.launcher, SIGKILL) == 0);
        CHECK(hangs_up(line));
        // Of two that are killed at once, the next sweep may have to remove what the folder was.
        if (!row.launcher || !(row.slot || row.init)) {
          line.process.reset();
          CHECK(disappears(line.folder));
        }
        line.process.reset();
        line.host.reset();
        std::error_code ignored;
        std::filesystem::remove_all(line.folder, ignored);
      }
    }
  }

  TEST_CASE("nothing survives the caller, and no folder is left") {
    auto pipe = base::make_pipe();
    auto told = base::make_pipe();
    REQUIRE((pipe.has_value() && told.has_value()));
    const pid_t caller = ::fork();
    REQUIRE(caller >= 0);
    if (caller == 0) {
      auto own_host = Host::probe({.best = Tier::d});
      Program program = probe("survive", {"daemon", "stay"});
      program.inherited = {{pipe->write.get(), 3}};
      auto process = Process::start(*own_host, program, usual_limits());
      const std::string box = process->path_inside("/box");
      (void)!::write(told->write.get(), box.data(), box.size());
      pipe->write.reset();
      for (;;) ::pause();
    }
    pipe->write.reset();
    char box[512] = {};
    REQUIRE(::read(told->read.get(), box, sizeof box - 1) > 0);
    Lineage line;
    line.pipe = std::move(*pipe);
    wait_until_begun(line);
    REQUIRE(::kill(caller, SIGKILL) == 0);
    REQUIRE(::waitpid(caller, nullptr, 0) == caller);
    CHECK(hangs_up(line));
    CHECK(disappears(std::filesystem::path{box}.parent_path()));
  }
}
