#include "sandbox/run/command_line.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "sandbox/run/options.hpp"

using namespace base::literals;
using namespace std::chrono_literals;
using sandbox_run::parse_command_line;
using sandbox_run::Request;
using Words = std::vector<std::string>;

namespace {

Request parsed(const Words& words) {
  auto request = parse_command_line(words);
  REQUIRE_MESSAGE(request.has_value(), request.error().message());
  return std::move(*request);
}

struct Wrong {
  Words words;
  const char* error;
};

void check_wrong(const Wrong& row) {
  CAPTURE(row.error);
  const auto request = parse_command_line(row.words);
  REQUIRE_FALSE(request);
  CHECK(request.error().message() == row.error);
}

}  // namespace

TEST_SUITE("sandbox/run/command_line") {
  TEST_CASE("without options the limits are those that the help shows") {
    const Request request = parsed({"--", "ls", "-l"});
    CHECK(request.action == Request::Action::run);
    CHECK(request.command == Words{"ls", "-l"});
    CHECK(request.limits.cpu == 1s);
    CHECK(request.limits.wall == 3s);
    CHECK(request.limits.memory == 64_MiB);
    CHECK(request.limits.processes == 8);
    CHECK(request.limits.output == 1_MiB);
    CHECK(request.limits.open_files == 64);
    CHECK(request.limits.file_size == 16_MiB);
    CHECK(request.limits.scratch == 32_MiB);
    CHECK(request.limits.scratch_inodes == 1000);
    CHECK(request.limits.stack == 8_MiB);
    CHECK(request.profile == sandbox::Profile::compile);
    CHECK(request.best == sandbox::Tier::a);
    CHECK_FALSE(request.required);
    CHECK_FALSE(request.input);
    CHECK_FALSE(request.report);
    CHECK(request.environment ==
          Words{"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/tmp", "LANG=C.UTF-8"});
  }

  TEST_CASE("every option reaches the request, with a space or an equals sign") {
    const Request request = parsed({"--cpu=500ms",
                                    "--wall",
                                    "2min",
                                    "--memory=1GiB",
                                    "--processes",
                                    "1",
                                    "--output=0B",
                                    "--files",
                                    "8",
                                    "--file-size=0B",
                                    "--scratch",
                                    "4KiB",
                                    "--scratch-files=0",
                                    "--stack",
                                    "1MiB",
                                    "--profile=node",
                                    "--tier",
                                    "B",
                                    "--require-tier=c",
                                    "--stdin",
                                    "-",
                                    "--report",
                                    "-",
                                    "--quiet",
                                    "--",
                                    "x"});
    CHECK(request.limits.cpu == 500ms);
    CHECK(request.limits.wall == 120s);
    CHECK(request.limits.memory == 1_GiB);
    CHECK(request.limits.processes == 1);
    CHECK(request.limits.output == 0_B);
    CHECK(request.limits.open_files == 8);
    CHECK(request.limits.file_size == 0_B);
    CHECK(request.limits.scratch == 4_KiB);
    CHECK(request.limits.scratch_inodes == 0);
    CHECK(request.limits.stack == 1_MiB);
    CHECK(request.profile == sandbox::Profile::node);
    CHECK(request.best == sandbox::Tier::b);
    CHECK(request.required == sandbox::Tier::c);
    CHECK(request.input == "-");
    CHECK(request.report == "-");
    CHECK(request.quiet);
  }

  TEST_CASE("what may be repeated is collected, and paths of the host are made absolute") {
    const std::string here = std::filesystem::current_path().string();
    const Request request =
        parsed({"--read", "/opt/a", "--read=b/:/box/b", "--read", "x:y:/box/xy", "--copy",
                "./main.py:/box/main.py", "--env", "A=1", "--env", "HOME=/box", "--env", "A=2=3",
                "--artifact", "/tmp/r=out=1", "--", "--help"});
    REQUIRE(request.reads.size() == 3);
    CHECK(request.reads[0].source == "/opt/a");
    CHECK(request.reads[0].target == "/opt/a");
    CHECK(request.reads[1].source == here + "/b");
    CHECK(request.reads[1].target == "/box/b");
    CHECK(request.reads[2].source == here + "/x:y");
    CHECK(request.reads[2].target == "/box/xy");
    REQUIRE(request.copies.size() == 1);
    CHECK(request.copies[0].source == "./main.py");
    CHECK(request.copies[0].target == "/box/main.py");
    CHECK(request.environment ==
          Words{"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "HOME=/box", "A=2=3"});
    REQUIRE(request.artifacts.size() == 1);
    CHECK(request.artifacts[0].path == "/tmp/r");
    CHECK(request.artifacts[0].file == "out=1");
    CHECK(request.action == Request::Action::run);
    CHECK(request.command == Words{"--help"});
  }

  TEST_CASE("what is no run needs no command") {
    CHECK(parsed({"--help"}).action == Request::Action::help);
    CHECK(parsed({"--version"}).action == Request::Action::version);
    CHECK(parsed({"--doctor", "--require-tier", "A"}).action == Request::Action::doctor);
    CHECK(parsed({"--help", "--", "ls"}).action == Request::Action::help);
  }

  TEST_CASE("wrong words say what to write instead") {
    const char* const no_command =
        "no command; write it behind --, e.g. sandbox-run --cpu 1s -- ls";
    for (const Wrong& row : {
             Wrong{{}, no_command},
             Wrong{{"--"}, no_command},
             Wrong{{"--", ""}, no_command},
             Wrong{{"--cpy", "1s", "--", "ls"}, "'--cpy' is no option; see 'sandbox-run --help'"},
             Wrong{{"-c", "--", "ls"}, "'-c' is no option; see 'sandbox-run --help'"},
             Wrong{{"ls"},
                   "'ls' stands where an option should; write the command behind --, e.g. "
                   "sandbox-run --cpu 1s -- ls"},
             Wrong{{"--cpu", "--", "ls"},
                   "--cpu: 1 required TIME missing; see 'sandbox-run --help'"},
             Wrong{{"--cpu", "1s", "--cpu=2s", "--", "ls"}, "--cpu is given twice; write it once"},
             Wrong{{"--tier", "C", "--require-tier", "B", "--", "ls"},
                   "--tier holds back what --require-tier asks for; leave one of them out"},
         }) {
      check_wrong(row);
    }
  }

  TEST_CASE("wrong values say what to write instead") {
    for (const Wrong& row : {
             Wrong{{"--cpu", "2", "--", "ls"}, "--cpu: '2' has no unit; write 2s"},
             Wrong{{"--wall=0s", "--", "ls"}, "--wall: '0s' is no time at all"},
             Wrong{{"--wall=1441min", "--", "ls"},
                   "--wall: '1441min' is more than a day; write less"},
             Wrong{{"--memory=64", "--", "ls"}, "--memory: '64' has no unit; write 64MiB"},
             Wrong{{"--scratch=0B", "--", "ls"},
                   "--scratch: '0B' is too little; write at least 4096B"},
             Wrong{{"--stack=9999GiB", "--", "ls"},
                   "--stack: '9999GiB' is too much; write at most 1024GiB"},
             Wrong{{"--processes=0", "--", "ls"},
                   "--processes: '0' is no whole number from 1 to 1048576"},
             Wrong{{"--files=1e2", "--", "ls"},
                   "--files: '1e2' is no whole number from 8 to 1048576"},
             Wrong{{"--read=data:box", "--", "ls"},
                   "--read: 'data:box' names no place inside; write PATH:TARGET with an absolute "
                   "TARGET, e.g. data:/box/data"},
             Wrong{{"--copy=main.py", "--", "ls"},
                   "--copy: 'main.py' names no place inside; write PATH:TARGET with an absolute "
                   "TARGET, e.g. main.py:/box/main.py"},
             Wrong{{"--env=HOME", "--", "ls"}, "--env: 'HOME' sets nothing; write NAME=VALUE"},
             Wrong{{"--artifact=out=out", "--", "ls"},
                   "--artifact: 'out=out' keeps nothing; write PATH=FILE with an absolute PATH, "
                   "e.g. /tmp/result.txt=result.txt"},
             Wrong{{"--profile=perl", "--", "ls"},
                   "--profile: 'perl' is no profile; write c, cpp, python, node, go, rust, java or "
                   "compile"},
             Wrong{{"--tier=E", "--", "ls"}, "--tier: 'E' is no tier; write A, B, C or D"},
             Wrong{{"--cpu", "\x1b[2J", "--", "ls"},
                   "--cpu: '\\x1B[2J' is not a number with a unit; write 4s"},
         }) {
      check_wrong(row);
    }
  }

  TEST_CASE("the help names every option with its value and what holds without it") {
    const std::string help = sandbox_run::help_text();
    for (const sandbox_run::OptionRow& row : sandbox_run::options()) {
      std::string line = "\n  " + std::string{row.name};
      if (!row.value.empty()) line.append(" ").append(row.value);
      if (!row.usual.empty()) line.append(" (").append(row.usual).append(")");
      CAPTURE(line);
      CHECK(help.find(line) != std::string::npos);
    }
  }
}
