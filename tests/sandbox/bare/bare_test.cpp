// Tier D, without namespaces: what holds in another way than elsewhere. That the other cases hold
// as well is shown at the end, by running them again.
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>

#include "sandbox/bare/folders.hpp"
#include "sandbox/time/virtual_clock.hpp"
#include "tests/sandbox/rerun.hpp"
#include "tests/sandbox/support.hpp"

namespace fs = std::filesystem;
using namespace base::literals;
using namespace std::chrono_literals;
using namespace sandbox;
using namespace sandbox::test;

namespace {

RunReport run_bare(const Program& program) { return run_here(program, usual_limits(), bare()); }

fs::path folder_of(const Process& process) {
  return fs::path{process.path_inside("/box")}.parent_path();
}

bool becomes_empty(const fs::path& folder) {
  for (int i = 0; i < 1000 && !fs::is_empty(folder); ++i) ::usleep(5000);
  return fs::is_empty(folder);
}

// From now on this process is refused what container engines and distributions refuse.
bool refuse(const std::vector<const char*>& names) {
  void* filter = seccomp_init(SCMP_ACT_ALLOW);
  bool well = filter != nullptr;
  for (const char* name : names) {
    const int number = seccomp_syscall_resolve_name(name);
    const std::uint32_t answer =
        std::string_view{name} == "clone3" ? SCMP_ACT_ERRNO(ENOSYS) : SCMP_ACT_ERRNO(EPERM);
    well = well && seccomp_rule_add(filter, answer, number, 0) == 0;
  }
  const scmp_arg_cmp user{0, SCMP_CMP_MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER};
  const scmp_arg_cmp process{0, SCMP_CMP_MASKED_EQ, CLONE_NEWPID, CLONE_NEWPID};
  for (const scmp_arg_cmp& flag : {user, process}) {
    well = well &&
           seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, &flag) == 0;
  }
  well = well && seccomp_load(filter) == 0;
  seccomp_release(filter);
  return well;
}

// What a child of this process answers that is refused these calls.
template <typename Ask>
int ask_refused(const std::vector<const char*>& names, Ask ask) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) ::_exit(refuse(names) ? ask() : 90);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  return WEXITSTATUS(status);
}

}  // namespace

TEST_SUITE("sandbox/bare") {
  TEST_CASE("the report says by what a run was kept in, the findings what is weaker") {
    const RunReport report = run_bare(shell("exit 0"));
    const bool root = ::geteuid() == 0;
    CHECK(report.enforced == Enforced{"D", "landlock", "rlimit-data+sampling", "sampling+rlimit",
                                      root ? "rlimit-nproc" : "sampling", "real"});
    const Finding& first = bare().findings().front();
    CHECK(first.level == Finding::Level::weaker);
    CHECK(first.subject == "user, mount, pid, network, ipc and uts namespaces");
    for (const unsigned version : {1U, 3U, 5U}) {
      auto older = Host::probe({.best = Tier::d, .landlock = version});
      REQUIRE(older.has_value());
      const auto& all = older->findings();
      CHECK(std::any_of(all.begin(), all.end(), [](const Finding& finding) {
        return finding.subject == "landlock" && finding.level == Finding::Level::weaker &&
               finding.advice == "Linux 6.12 or later";
      }));
      CHECK(run_here(shell("echo fine"), usual_limits(), *older).standard_output == "fine\n");
    }
    CHECK_FALSE(Host::probe({.best = Tier::d, .landlock = 0}).has_value());
  }

  TEST_CASE("where namespaces are refused tier D is found, and without Landlock nothing") {
    const int found = ask_refused({"clone3", "unshare", "mount"}, [] {
      const auto probed = Host::probe();
      if (!probed || probed->tier() != Tier::d) return 1;
      const Finding& first = probed->findings().front();
      const bool says_why = first.level == Finding::Level::weaker && !first.advice.empty() &&
                            first.detail.find("clone3") != std::string::npos;
      const auto report = run(*probed, shell("echo fine"), usual_limits());
      return says_why && report && report->standard_output == "fine\n" ? 0 : 2;
    });
    CHECK(found == 0);
    const int none = ask_refused({"clone3", "unshare", "mount", "landlock_create_ruleset"}, [] {
      const auto probed = Host::probe();
      return !probed && probed.error().kind() == base::Error::Kind::cannot_isolate ? 0 : 1;
    });
    CHECK(none == 0);
    const int asked = ask_refused({"landlock_create_ruleset"}, [] {
      const auto probed = Host::probe({.best = Tier::d});
      return !probed && probed.error().kind() == base::Error::Kind::cannot_isolate ? 0 : 1;
    });
    CHECK(asked == 0);
  }

  TEST_CASE("a program reads the system and its own places, and writes its scratch space alone") {
    Program program = shell(
        "for f in /usr/bin/env /bin/sh /box/given /etc/passwd /etc/shadow /root /home /proc "
        "/proc/self/environ /proc/1/environ /sys /var /tmp/..; do "
        "if head -c 1 $f >/dev/null 2>&1 || ls $f/ >/dev/null 2>&1; then echo \"$f can be read\"; "
        "fi; done; "
        "for f in /usr/new /etc/new /box/new /box/given /tmp/../new /tmp/new /dev/new /dev/null "
        "/var/tmp/new; do (: > $f) 2>/dev/null && echo \"$f can be written\"; done; "
        "chmod 777 /box/given /box 2>/dev/null; rm -f /box/given 2>/dev/null; cat /box/given");
    program.files = {{"/box/given", text("given\n")}};
    auto process = Process::start(bare(), program, usual_limits());
    REQUIRE_MESSAGE(process.has_value(), process.error().message());
    REQUIRE(process->wait(-1, 10s).value() == Process::Wake::ended);
    auto report = std::move(*process).finish();
    REQUIRE(report.has_value());
    CHECK(report->standard_output ==
          "/usr/bin/env can be read\n/bin/sh can be read\n/box/given can be read\n"
          "/tmp/new can be written\n/dev/null can be written\ngiven\n");
  }

  TEST_CASE("a run sees nothing of another one that lives beside it") {
    Program waiting = shell("echo secret > /tmp/mine; echo written >&2; exec sleep 60");
    waiting.files = {{"/box/given", text("given\n")}};
    auto first = Process::start(bare(), waiting, usual_limits());
    REQUIRE(first.has_value());
    for (int i = 0; i < 100 && !fs::exists(first->path_inside("/tmp/mine")); ++i) {
      REQUIRE(first->wait(-1, 10ms).value() == Process::Wake::timeout);
    }
    const std::string other = "/" + folder_of(*first).string();  // not taken for the run's own /tmp
    const RunReport report = run_bare(
        shell("ls " + other + "; cat " + other + "/box/given " + other + "/tmp/mine; echo x > " +
              other + "/tmp/new; rm " + other + "/tmp/mine; cd " + other + "/tmp && ls; echo end"));
    CHECK(report.standard_output == "end\n");
    CHECK_FALSE(fs::exists(other + "/tmp/new"));
    CHECK(fs::exists(other + "/tmp/mine"));
  }

  TEST_CASE("processes, sockets and files of others are out of reach, its own are not") {
    char folder[] = "/var/tmp/sandbox-bare-XXXXXX";  // a name that is not translated
    REQUIRE(::mkdtemp(folder) != nullptr);
    const std::string file = std::string{folder} + "/file";
    std::ofstream{file} << "content";
    // As little in the way as possible but Landlock and the filter.
    fs::permissions(folder, fs::perms::all);
    fs::permissions(file, fs::perms::all);
    const std::string path = std::string{folder} + "/socket";
    const std::string name = "sandbox-bare-" + std::to_string(::getpid());
    sockaddr_un by_path{AF_UNIX, {}};
    std::strncpy(by_path.sun_path, path.c_str(), sizeof by_path.sun_path - 1);
    sockaddr_un by_name{AF_UNIX, {}};
    std::strncpy(by_name.sun_path + 1, name.c_str(), sizeof by_name.sun_path - 2);
    const base::UniqueFd listener{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const base::UniqueFd abstract{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    REQUIRE(::bind(listener.get(), reinterpret_cast<sockaddr*>(&by_path), sizeof by_path) == 0);
    REQUIRE(::bind(abstract.get(), reinterpret_cast<sockaddr*>(&by_name),
                   static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size())) == 0);
    REQUIRE((::listen(listener.get(), 1) == 0 && ::listen(abstract.get(), 1) == 0));
    fs::permissions(path, fs::perms::all);

    for (const unsigned version : {99U, 5U, 2U}) {
      CAPTURE(version);
      auto on = Host::probe({.best = Tier::d, .landlock = version});
      REQUIRE(on.has_value());
      const RunReport report =
          run_here(probe("reach_others", {std::to_string(::getpid()), path, name, file, folder}),
                   usual_limits(), *on);
      CHECK(report.exit == Exit{Exit::Kind::exited, 0});
      std::string said = report.standard_output;
      // Before version 6 only the id stands between the program and processes of its user.
      if (version < 6 && ::geteuid() != 0) {
        for (const std::string what : {"signal", "signal to parent", "pidfd signal"}) {
          const std::size_t at = said.find(what + ": worked\n");
          REQUIRE(at != std::string::npos);
          said.replace(at, what.size() + 8, what + ": EPERM");
        }
      }
      const std::string start =
          "signal: EPERM\nsignal to parent: EPERM\npidfd signal: EPERM\nptrace: EPERM\n"
          "limits of another: EPERM\nenvironment of another: EACCES\nmemory of another: EACCES\n"
          "socket: EPERM\nsocket inet: EPERM\ndatagram pair: EPERM\nraw pair: EPERM\n"
          "pair: worked\nconnect by path: EPERM\nconnect by name: EPERM\n"
          "send by path: EISCONN\nsend to the other end: worked\n"
          "read: EACCES\nwrite: EACCES\n";
      CHECK(said.substr(0, start.size()) == start);
      for (const std::string denied :
           {"empty while opening", "truncate", "chmod", "chown", "times", "attribute", "link",
            "rename", "delete", "list", "make", "make a link", "watch"}) {
        CAPTURE(denied);
        CHECK(said.find("\n" + denied + ": ") != std::string::npos);
        CHECK(said.find("\n" + denied + ": worked") == std::string::npos);
      }
      for (const std::string worked :
           {"own file", "own length", "own link", "own times", "own process"}) {
        CAPTURE(worked);
        CHECK(said.find("\n" + worked + ": worked") != std::string::npos);
      }
      std::string content;
      std::ifstream{file} >> content;
      CHECK(content == "content");
      CHECK(fs::status(file).permissions() == fs::perms::all);
    }
    fs::remove_all(folder);
  }

  TEST_CASE("a program under a virtual clock reaches no more than one in real time") {
    if (bare().time_mode() != TimeMode::notified) {
      MESSAGE("SKIPPED: the kernel does not ask about calls here");
      return;
    }
    Program program = probe("reach_others", {std::to_string(::getpid()), "/run/none", "none",
                                             "/usr/bin/env", "/var/tmp"});
    const std::string in_real_time = run_bare(program).standard_output;
    CHECK(in_real_time.find("connect by name: EPERM\n") != std::string::npos);
    auto clock = time::VirtualClock::make();
    REQUIRE(clock.has_value());
    program.clock = *clock;
    CHECK(run_bare(program).standard_output == in_real_time);
    Program sleeper = shell("sleep 1d; echo awake");
    sleeper.clock = *clock;
    CHECK(run_bare(sleeper).standard_output == "awake\n");
  }

  TEST_CASE(
      "the program has an id without any privilege, and its caller's only if that is no root") {
    const RunReport report = run_bare(probe("identity"));
    const std::string uid = "uid " + std::to_string(::geteuid()) + " ";
    CHECK(report.standard_output.starts_with(uid) == (::geteuid() != 0));
    const std::string none(16, '0');
    for (const std::string& line :
         {"SigBlk:\t" + none, "SigIgn:\t" + none, "CapInh:\t" + none, "CapPrm:\t" + none,
          "CapEff:\t" + none, "CapAmb:\t" + none, std::string{"NoNewPrivs:\t1"},
          std::string{"own session 1\n"}, std::string{"core 1 files 128\nopen: 0 1 2\n"}}) {
      CAPTURE(line);
      CHECK(report.standard_output.find(line) != std::string::npos);
    }
    if (::geteuid() != 0) return;
    CHECK(report.standard_output.find("CapBnd:\t" + none) != std::string::npos);
    CHECK(report.standard_output.find("Groups:\t \n") != std::string::npos);
  }

  TEST_CASE("what a run leaves behind is removed, unreadable or deep as it may be") {
    const Program program = shell(
        "cd /tmp; umask 0; mkdir closed; echo x > closed/file; mkdir -p a/b/c; ln -s /usr link; "
        "mkfifo fifo; (umask 777; mkdir none; : > unreadable); i=0; "
        "while [ $i -lt 40 ]; do mkdir d; cd d; i=$((i+1)); done; echo done");
    auto own_host = Host::probe({.best = Tier::d});
    REQUIRE(own_host.has_value());
    auto process = Process::start(*own_host, program, usual_limits());
    REQUIRE(process.has_value());
    const fs::path folder = folder_of(*process);
    REQUIRE(process->wait(-1, 10s).value() == Process::Wake::ended);
    auto report = std::move(*process).finish();
    REQUIRE(report.has_value());
    CHECK(report->standard_output == "done\n");
    struct stat about {};
    REQUIRE(::stat(folder.c_str(), &about) == 0);
    CHECK((about.st_mode & 07) == 0);
    CHECK(about.st_uid == ::geteuid());
    CHECK(becomes_empty(folder));
    process = base::invalid_input("gone");
    own_host = base::invalid_input("gone");
    CHECK_FALSE(fs::exists(folder));
  }

  TEST_CASE("a folder that nobody holds any more is swept, and no other") {
    char base[] = "/tmp/sandbox-sweep-XXXXXX";
    REQUIRE(::mkdtemp(base) != nullptr);
    const auto make = [&](const std::string& name, bool old) {
      fs::path folder = fs::path{base} / name;
      REQUIRE(fs::create_directories(folder / "box"));
      const timespec past[2] = {{1000, 0}, {1000, 0}};
      if (old) REQUIRE(::utimensat(AT_FDCWD, folder.c_str(), past, 0) == 0);
      return folder;
    };
    const fs::path stale = make("judge-slot-1x", true);
    const fs::path young = make("judge-slot-2x", false);
    const fs::path locked = make("judge-slot-3x", true);
    const fs::path other = make("judge-slot-of-others", true);
    const base::UniqueFd lock{::open(locked.c_str(), O_RDONLY | O_CLOEXEC)};
    REQUIRE(::flock(lock.get(), LOCK_EX) == 0);
    sweep_stale_folders(base);
    CHECK_FALSE(fs::exists(stale));
    for (const fs::path& kept : {young, locked, other}) {
      CAPTURE(kept.string());
      CHECK(fs::exists(kept));
    }
    fs::remove_all(base);
  }

  TEST_CASE("paths are translated wherever a program names them") {
    Program program = shell(
        "pwd; cat /box/sub/given; echo artifact > /tmp/out; echo $X $TMPDIR; "
        "echo error in /box/x >&2");
    program.files = {{"/box/sub/given", text("given\n")}, {"/driver/x", text("x")}};
    program.environment.emplace_back("X=/box/sub:/driver");
    program.working_directory = "/box/sub";
    program.binds = {{"/usr/share", "/opt/share"}};
    program.artifacts = {{"/tmp/out", 1_KiB}};
    auto process = Process::start(bare(), program, usual_limits());
    REQUIRE_MESSAGE(process.has_value(), process.error().message());
    const std::string own = folder_of(*process);
    CHECK(process->path_inside("/driver/x") == own + "/driver/x");
    CHECK(process->path_inside("/opt/share/x") == "/usr/share/x");
    CHECK(process->path_inside("/usr/bin") == "/usr/bin");
    REQUIRE(process->wait(-1, 10s).value() == Process::Wake::ended);
    auto report = std::move(*process).finish();
    REQUIRE(report.has_value());
    // Back again, in what it prints.
    CHECK(report->standard_output == "/box/sub\ngiven\n/box/sub:/driver /tmp\n");
    CHECK(report->standard_error == "error in /box/x\n");
    CHECK(report->artifacts[0].content == "artifact\n");
    CHECK(report->artifacts[0].path == "/tmp/out");
    auto elsewhere = Process::start(host(), shell("exit 0"), usual_limits());
    REQUIRE(elsewhere.has_value());
    if (host().tier() != Tier::d) CHECK(elsewhere->path_inside("/box/x") == "/box/x");
  }

  TEST_CASE("Node and Python run: modules, threads, child processes, memory reports") {
    Program node;
    node.profile = Profile::node;
    node.environment = {"HOME=/tmp", "PATH=/usr/bin:/bin"};
    node.arguments = {"/usr/bin/node", "/box/main.mjs"};
    node.files = {{"/box/other.mjs", text("export const two = 2;")}, {"/box/main.mjs", text(R"(
      import { Worker } from 'node:worker_threads';
      import { execFileSync } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      import os from 'node:os';
      import { two } from './other.mjs';
      const worker = new Worker('require("worker_threads").parentPort.postMessage(42)',
                                { eval: true });
      const answer = await new Promise((resolve) => worker.once('message', resolve));
      const child = execFileSync('/bin/echo', ['child']).toString().trim();
      writeFileSync(os.tmpdir() + '/x', 'x');
      console.log(two, answer, child, process.memoryUsage().rss > 0);
    )")}};
    if (::access("/usr/bin/node", X_OK) == 0) {
      const RunReport report = run_bare(node);
      CAPTURE(report.standard_error);
      CHECK(report.standard_output == "2 42 child true\n");
    }
    Program python;
    python.profile = Profile::python;
    python.environment = {"HOME=/tmp", "PATH=/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE=1"};
    python.arguments = {"/usr/bin/python3", "/box/main.py"};
    python.files = {{"/box/main.py", text(R"(
import asyncio, os, subprocess, tempfile, threading
async def main():
    await asyncio.sleep(0.001)
    process = await asyncio.create_subprocess_exec('/bin/echo', 'child', stdout=subprocess.PIPE)
    return (await process.communicate())[0].decode().strip()
thread = threading.Thread(target=lambda: None); thread.start(); thread.join()
with tempfile.TemporaryFile() as file: file.write(b'x')
with tempfile.TemporaryDirectory() as folder: open(folder + '/x', 'w').close()
print(asyncio.run(main()), os.path.expanduser('~') == tempfile.gettempdir())
)")}};
    if (::access("/usr/bin/python3", X_OK) == 0) {
      const RunReport report = run_bare(python);
      CAPTURE(report.standard_error);
      CHECK(report.standard_output == "child True\n");
      CHECK(report.standard_error.empty());
    }
  }
}

TEST_SUITE("sandbox/without_namespaces") {
  constexpr const char* kSuites =
      "sandbox/cell,sandbox/process,sandbox/limits,sandbox/containment,sandbox/toolchain,sandbox/"
      "bare";

  TEST_CASE("the cases of the other files hold without namespaces") {
    rerun(kSuites, {.tier = "D"});
  }

  TEST_CASE("for an ordinary user too") {
    rerun(std::string{kSuites} + ",sandbox/bare_tree,sandbox/bare_limits",
          {.as_nobody = true, .tier = "D"});
  }
}
