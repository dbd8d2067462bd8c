#include <dirent.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include <doctest/doctest.h>

#include "sandbox/base/io.hpp"
#include "sandbox/cgroup/bases.hpp"
#include "tests/sandbox/support.hpp"

using namespace base::literals;
using namespace std::chrono_literals;
using namespace sandbox;
using namespace sandbox::test;

namespace {

constexpr Exit kSuccess{Exit::Kind::exited, 0};

std::size_t count_entries(const char* folder) {
  const std::unique_ptr<DIR, int (*)(DIR*)> entries{::opendir(folder), &::closedir};
  std::size_t count = 0;
  while (entries != nullptr && ::readdir(entries.get()) != nullptr) ++count;
  return count;
}

std::size_t count_children() {
  std::ifstream list{"/proc/thread-self/children"};
  return static_cast<std::size_t>(
      std::distance(std::istream_iterator<int>{list}, std::istream_iterator<int>{}));
}

std::size_t count_own_groups() {
  const cgroup::Bases bases = cgroup::find_bases(cgroup::Choice::any);
  const std::string own = "judge-" + std::to_string(::getpid()) + "-";
  std::size_t count = 0;
  for (const cgroup::Base& base : {bases.memory, bases.processes, bases.cpu}) {
    if (base.version == cgroup::Version::none) continue;
    const std::unique_ptr<DIR, int (*)(DIR*)> entries{::opendir(base.folder.c_str()), &::closedir};
    REQUIRE(entries != nullptr);
    while (const dirent* entry = ::readdir(entries.get())) {
      if (std::string{static_cast<const char*>(entry->d_name)}.starts_with(own)) ++count;
    }
  }
  return count;
}

std::string start_error(const Program& program) {
  auto process = Process::start(host(), program, usual_limits());
  REQUIRE_FALSE(process.has_value());
  return process.error().message();
}

}  // namespace

TEST_SUITE("sandbox/process") {
  TEST_CASE("exit codes and signals pass through") {
    struct Row {
      std::string script;
      Exit exit;
    };
    for (const Row& row :
         {Row{"exit 0", {Exit::Kind::exited, 0}}, Row{"exit 7", {Exit::Kind::exited, 7}},
          Row{"exit 255", {Exit::Kind::exited, 255}},
          Row{"kill -SEGV $$", {Exit::Kind::signaled, SIGSEGV}},
          Row{"kill -ABRT $$", {Exit::Kind::signaled, SIGABRT}},
          Row{"kill -KILL $$", {Exit::Kind::signaled, SIGKILL}}}) {
      CAPTURE(row.script);
      const RunReport report = run_here(shell(row.script));
      CHECK(report.exit == row.exit);
      CHECK(report.ended_by == EndedBy::program);
    }
  }

  TEST_CASE("standard output and standard error are captured apart, byte by byte") {
    const RunReport report = run_here(shell("printf 'out\\0\\377'; echo err >&2; printf more"));
    CHECK(report.standard_output == std::string("out\0\377more", 9));
    CHECK(report.standard_error == "err\n");
    CHECK(report.usage.output == 13_B);
  }

  TEST_CASE("standard input arrives whole and ends, without any it is empty") {
    Program program = shell("wc -c");
    CHECK(run_here(program).standard_output == "0\n");
    program.input = text(std::string(3'000'000, 'x'));
    CHECK(run_here(program).standard_output == "3000000\n");
    program.arguments[2] = "cat /dev/stdin | wc -c > /dev/stdout";
    CHECK(run_here(program).standard_output == "3000000\n");
  }

  TEST_CASE("a program that does not read its large input still ends, and the caller lives") {
    Program program = shell("exit 3");
    program.input = text(std::string(3'000'000, 'x'));
    CHECK(run_here(program).exit == Exit{Exit::Kind::exited, 3});
    program.arguments[2] = "exec 0<&-; sleep 0.1; exit 4";
    CHECK(run_here(program).exit == Exit{Exit::Kind::exited, 4});
  }

  TEST_CASE("the environment is exactly what was given") {
    Program program = shell("");
    program.arguments = {"/usr/bin/env"};
    program.environment = {"A=1", "EMPTY=", "B=two words"};
    if (host().tier() == Tier::d) program.environment.emplace_back("TMPDIR=");  // else one is added
    CHECK(run_here(program).standard_output ==
          "A=1\nEMPTY=\nB=two words\n" + std::string{host().tier() == Tier::d ? "TMPDIR=\n" : ""});
  }

  TEST_CASE(
      "a program has its own user, session and limits, no privilege, and no descriptor but its "
      "own") {
    if (needs_namespaces("an id, a host name of one's own; see sandbox/bare")) return;
    const base::UniqueFd leaked{::dup(2)};  // not close-on-exec
    const RunReport report = run_here(probe("identity"));
    CHECK(report.exit == kSuccess);
    const std::string expected_start = "uid 1000 gid 1000\npid1 0 own session 1\n";
    CHECK(report.standard_output.substr(0, expected_start.size()) == expected_start);
    const std::string none(16, '0');
    for (const std::string& line :
         {"SigBlk:\t" + none, "SigIgn:\t" + none, "CapInh:\t" + none, "CapPrm:\t" + none,
          "CapEff:\t" + none, "CapBnd:\t" + none, "CapAmb:\t" + none, std::string{"NoNewPrivs:\t1"},
          std::string{"Seccomp:\t2"},
          std::string{"core 1 files 128\nopen: 0 1 2\nhost sandbox\n"}}) {
      CAPTURE(line);
      CHECK(report.standard_output.find(line + (line.back() == '\n' ? "" : "\n")) !=
            std::string::npos);
    }
  }

  TEST_CASE("inherited descriptors arrive under their numbers, whatever their numbers are here") {
    if (needs_namespaces("the list of descriptors in /proc")) return;
    int first[2];
    int second[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, first) == 0);
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, second) == 0);
    const base::UniqueFd owned[] = {base::UniqueFd{first[0]}, base::UniqueFd{second[0]}};
    base::UniqueFd theirs[] = {base::UniqueFd{first[1]}, base::UniqueFd{second[1]}};
    Program program =
        shell("read line <&3; echo \"got $line\" >&7; ls /proc/self/fd | tr '\\n' ' '");
    // Crosswise, so that a target overwrites a source unless care is taken.
    program.inherited = {{theirs[0].get(), 3}, {theirs[1].get(), 7}};
    REQUIRE(::write(owned[0].get(), "hello\n", 6) == 6);
    const RunReport report = run_here(program);
    CHECK(report.standard_output == "0 1 2 3 4 7 ");  // 4 is the folder that ls reads
    char answer[32] = {};
    CHECK(::read(owned[1].get(), answer, sizeof answer) == 10);
    CHECK(std::string{answer} == "got hello\n");
  }

  TEST_CASE("the channel is preferred over the end, and hangs up with the program") {
    int pair[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
    const base::UniqueFd ours{pair[0]};
    base::UniqueFd theirs{pair[1]};
    Program program = shell("echo one >&3; echo two >&3; exit 6");
    program.inherited = {{theirs.get(), 3}};
    auto process = Process::start(host(), program, usual_limits());
    REQUIRE_MESSAGE(process.has_value(), process.error().message());
    theirs.reset();
    CHECK(process->wait(-1, 10s).value() == Process::Wake::ended);
    CHECK(process->wait(ours.get(), 10s).value() == Process::Wake::channel_ready);
    char words[32] = {};
    CHECK(::read(ours.get(), words, sizeof words) == 8);
    CHECK(process->wait(ours.get(), 0ms).value() == Process::Wake::channel_ready);
    CHECK(::read(ours.get(), words, sizeof words) == 0);
    auto report = std::move(*process).finish();
    REQUIRE(report.has_value());
    CHECK(report->exit == Exit{Exit::Kind::exited, 6});
  }

  TEST_CASE("waiting ends at its timeout, and finishing ends what still runs") {
    auto process = Process::start(host(), shell("exec sleep 60"), usual_limits());
    REQUIRE_MESSAGE(process.has_value(), process.error().message());
    CHECK(process->wait(-1, 20ms).value() == Process::Wake::timeout);
    auto report = std::move(*process).finish();
    REQUIRE(report.has_value());
    CHECK(report->ended_by == EndedBy::caller);
    CHECK(report->exit == Exit{Exit::Kind::signaled, SIGKILL});
    CHECK(report->usage.wall >= 20ms);
    CHECK(report->usage.wall < 10s);
  }

  TEST_CASE(
      "a program that ends while the caller finishes is told from one that the caller ended") {
    int pair[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
    const base::UniqueFd ours{pair[0]};
    base::UniqueFd theirs{pair[1]};
    Program program = shell("kill -ABRT $$");
    program.inherited = {{theirs.get(), 3}};
    auto process = Process::start(host(), program, usual_limits());
    REQUIRE(process.has_value());
    theirs.reset();
    CHECK(process->wait(ours.get(), 10s).value() ==
          Process::Wake::channel_ready);  // hung up by exit
    auto report = std::move(*process).finish();
    REQUIRE(report.has_value());
    CHECK(report->exit == Exit{Exit::Kind::signaled, SIGABRT});
    CHECK(report->ended_by == EndedBy::program);
  }

  TEST_CASE("a set-up step that fails is named, with what it was about and what to do") {
    Program program = shell("");
    program.arguments = {"/box/none"};
    CHECK(start_error(program) ==
          "sandbox: execve: '/box/none': No such file or directory (ENOENT); the program must "
          "exist inside, "
          "executable; see Program::files and Program::binds");
    program.files = {File{"/box/none", text("not a program"), false}};
    CHECK(
        start_error(program) ==
        "sandbox: execve: '/box/none': Permission denied (EACCES); the program must exist inside, "
        "executable; see Program::files and Program::binds");
    program.files = {File{"/usr/bin/mine", text("x"), true}};
    CHECK(start_error(program) ==
          "sandbox: '/usr/bin/mine': files stand in /box or another new folder, e.g. /box/main");
    program.files = {File{"/box/a", text("x")}, File{"/box/a/b", text("x")}};
    CHECK(start_error(program) ==
          "sandbox: make folder: '/box/a': File exists (EEXIST); no file may stand where a folder "
          "is needed");
    program.files = {File{"/opt/x", text("x")}};
    program.binds = {{"/usr/share", "/opt/share"}};
    CHECK(start_error(program) ==
          "sandbox: '/opt/share': the files in /opt would hide this; choose another place for one "
          "of them");
    program = shell("");
    program.binds = {{"/none/such", "/opt/x"}};
    CHECK(start_error(program) ==
          "sandbox: open bind: '/none/such': No such file or directory (ENOENT); the source must "
          "exist on the "
          "host and be readable");
    program = shell("");
    program.working_directory = "/elsewhere";
    CHECK(start_error(program) ==
          "sandbox: change folder: '/elsewhere': No such file or directory (ENOENT); the working "
          "directory must "
          "exist inside");
  }

  TEST_CASE("a request that makes no sense is refused before anything is made") {
    Program program = shell("");
    program.arguments = {"sh"};
    CHECK(start_error(program) ==
          "sandbox: 'sh': the program must be an absolute path, e.g. /usr/bin/node");
    program = shell("");
    program.files = {File{"/box/../etc/x", text("x")}};
    CHECK(start_error(program) ==
          "sandbox: '/box/../etc/x': not an absolute path without '.' and '..'; write e.g. "
          "/box/main");
    program.files = {File{"/tmp/x", text("x")}};
    CHECK(start_error(program) ==
          "sandbox: '/tmp/x': /tmp is the sandbox's own; choose another place, e.g. below /box");
    program = shell("");
    program.inherited = {{0, 2}};
    CHECK(start_error(program) ==
          "sandbox: inherited descriptors need different numbers, 3 or above");
    program = shell("");
    program.environment = {std::string("A\0B", 3)};
    CHECK(start_error(program) == "sandbox: 'A\\x00B': contains a zero byte");
    program.arguments.clear();
    CHECK(start_error(program) == "sandbox: no program to run");
  }

  TEST_CASE(
      "artifacts come back only as regular files with one name, reached through no link, within "
      "their limit") {
    Program program = shell(
        "cd /tmp; echo fine > fine; umask 777; echo secret > unreadable; umask 22; ln -s "
        "/etc/passwd link; mkfifo fifo;"
        "echo x > named; ln named named2; mkdir folder; head -c 2000 /dev/zero > large; ln -s /etc "
        "away");
    for (const std::string name : {"fine", "unreadable", "none", "link", "fifo", "named", "folder",
                                   "large", "away/passwd"}) {
      program.artifacts.push_back(Artifact{"/tmp/" + name, 1_KiB});
    }
    const RunReport report = run_here(program);
    REQUIRE(report.artifacts.size() == 9);
    CHECK(report.artifacts[0].content == "fine\n");
    CHECK(report.artifacts[0].path == "/tmp/fine");
    CHECK(report.artifacts[1].content == "secret\n");
    const char* reasons[] = {"the program did not write it",
                             "a symbolic link is on its path",
                             "it is not a regular file",
                             "it has more than one name",
                             "it is a folder",
                             "it is larger than 1 KiB",
                             "a symbolic link is on its path"};
    for (std::size_t i = 0; i < 7; ++i) {
      CAPTURE(report.artifacts[i + 2].path);
      CHECK_FALSE(report.artifacts[i + 2].content.has_value());
      CHECK(report.artifacts[i + 2].why_absent == reasons[i]);
    }
  }

  TEST_CASE("a host leaves nothing behind: descriptors, children, control groups") {
    (void)host();  // what the tests share is not meant
    const std::size_t descriptors = count_entries("/proc/self/fd");
    const std::size_t children = count_children();
    const std::size_t groups = count_own_groups();
    auto own_host = std::make_unique<base::Result<Host>>(Host::probe(wanted_options()));
    REQUIRE(own_host->has_value());
    const auto once = [&](const Program& program) {
      (void)run(**own_host, program, usual_limits());
    };
    Program missing = shell("");
    missing.arguments = {"/box/none"};
    Program bad_bind = shell("");
    bad_bind.binds = {{"/none/such", "/opt/x"}};
    Program artifact = shell("echo x > /tmp/x");
    artifact.artifacts = {{"/tmp/x", 1_KiB}};
    for (int i = 0; i < 3; ++i) {
      for (const Program& program :
           {shell("exit 1"), shell("kill -9 $$"), probe("daemon"), missing, bad_bind, artifact}) {
        once(program);
      }
      { auto dropped = Process::start(**own_host, shell("exec sleep 60"), usual_limits()); }
    }
    once(shell("exit 0"));
    CHECK(count_children() == children + 1);  // the launcher
    if (host().tier() < Tier::c) CHECK(count_own_groups() > groups);
    own_host.reset();
    CHECK(count_entries("/proc/self/fd") == descriptors);
    CHECK(count_children() == children);
    CHECK(count_own_groups() == groups);
  }

  TEST_CASE("everything dies with the caller, however the caller dies") {
    auto pipe = base::make_pipe();
    REQUIRE(pipe.has_value());
    const pid_t caller = ::fork();
    REQUIRE(caller >= 0);
    if (caller == 0) {
      Program program = shell("(setsid sh -c 'exec sleep 60') & echo started >&3; exec sleep 60");
      program.inherited = {{pipe->write.get(), 3}};
      auto own_host =
          Host::probe(wanted_options());  // the one of the tests is shared with the parent
      auto process = Process::start(*own_host, program, usual_limits());
      pipe->write.reset();
      for (;;) ::pause();
    }
    pipe->write.reset();
    char word[16] = {};
    CHECK(::read(pipe->read.get(), word, sizeof word) == 8);
    REQUIRE(::kill(caller, SIGKILL) == 0);
    REQUIRE(::waitpid(caller, nullptr, 0) == caller);
    pollfd hang_up{pipe->read.get(), POLLIN, 0};
    REQUIRE(::poll(&hang_up, 1, 10'000) == 1);
    CHECK(::read(pipe->read.get(), word, sizeof word) == 0);  // nobody holds the other end any more
    // Its groups would be swept by the next judge, in a minute.
    const cgroup::Bases bases = cgroup::find_bases(cgroup::Choice::any);
    for (const cgroup::Base& base : {bases.memory, bases.processes, bases.cpu}) {
      for (int number = 0; number < 10; ++number) {
        const std::string name = "/judge-" + std::to_string(caller) + "-" + std::to_string(number);
        const std::string path = base.folder + name;
        // Busy while the last of its processes is being taken apart.
        for (int i = 0; i < 1000 && ::rmdir(path.c_str()) < 0 && errno == EBUSY; ++i)
          ::usleep(1000);
      }
    }
  }

  TEST_CASE("two programs at once keep out of each other's way") {
    Program reader = shell("cat");
    reader.input = text("to the end");
    auto first = Process::start(host(), reader, usual_limits());
    auto second = Process::start(host(), shell("exec sleep 60"),
                                 usual_limits());  // holds none of the first's pipes
    REQUIRE(first.has_value());
    REQUIRE(second.has_value());
    CHECK(first->wait(-1, 10s).value() == Process::Wake::ended);
    auto report = std::move(*first).finish();
    REQUIRE(report.has_value());
    CHECK(report->standard_output == "to the end");
  }

  TEST_CASE("what is enforced, and by what, is part of the report") {
    const RunReport report = run_here(shell("exit 0"));
    CHECK(report.enforced == host().enforced());
    const bool bare = host().tier() == Tier::d;
    CHECK(report.enforced.isolation == (bare ? "landlock" : "namespaces"));
  }
}
