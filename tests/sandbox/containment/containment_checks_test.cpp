// Checks that the checks can fail: each complains about a report that is wrong, and about programs
// that nothing contains. Only such programs are run outside that harm nobody there.
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "sandbox/base/io.hpp"
#include "tests/sandbox/containment/check_report.hpp"
#include "tests/sandbox/containment/columns.hpp"
#include "tests/sandbox/containment/outside.hpp"
#include "tests/sandbox/containment/probe_text.hpp"

using namespace base::literals;
using namespace std::chrono_literals;
using namespace sandbox;
using namespace sandbox::test;

namespace {

const Limits kLimits{.cpu = 1s,
                     .wall = 1s,
                     .memory = 100_MiB,
                     .output = 100_B,
                     .processes = 1,
                     .open_files = 16,
                     .file_size = 1_MiB,
                     .scratch = 1_MiB,
                     .scratch_inodes = 10,
                     .stack = 1_MiB};

std::string complaints_about(const RunReport& report, const Expected& expected) {
  Complaints complaints;
  check_report(report, expected, kLimits, Tier::a, complaints);
  return complaints.text();
}

// Forks a child that lives on, with `mark` in its environment.
pid_t sleep_with(const std::string& mark) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    std::string environment = mark;
    char name[] = "sleep";
    char time[] = "60";
    char* arguments[] = {name, time, nullptr};
    char* variables[] = {environment.data(), nullptr};
    ::execve("/bin/sleep", arguments, variables);
    ::_exit(1);
  }
  return child;
}

// The report of a program that runs without any sandbox, as a row would want it run.
RunReport run_outside(const Program& program, const Stage& stage) {
  const std::string path = stage.folder() + "/program";
  const std::string output = stage.folder() + "/output";
  FILE* file = std::fopen(path.c_str(), "we");
  REQUIRE(file != nullptr);
  (void)std::fwrite(program.files[0].content->data(), 1, program.files[0].content->size(), file);
  (void)std::fclose(file);
  std::filesystem::permissions(path, std::filesystem::perms{0755});
  // What it writes goes with it: some of that is a set-uid program.
  const std::string scratch = stage.folder() + "/scratch";
  std::filesystem::create_directory(scratch);
  std::string command = "TMPDIR=" + scratch + " ";
  command += program.profile == Profile::python ? "/usr/bin/python3 " + path : path;
  for (std::size_t i = program.profile == Profile::python ? 2 : 1; i < program.arguments.size();
       ++i) {
    command += " '" + program.arguments[i] + "'";
  }
  // NOLINTNEXTLINE(concurrency-mt-unsafe,cert-env33-c): tests start no threads
  const int status = std::system((command + " > " + output + " 2> /dev/null").c_str());
  RunReport report;
  report.exit = {Exit::Kind::exited, WEXITSTATUS(status)};
  report.standard_output = base::read_file(output).value_or("");
  (void)::unlink(path.c_str());
  (void)::unlink(output.c_str());
  std::filesystem::remove_all(scratch);
  return report;
}

const Row& row_with(const std::string& probe) {
  for (const Row& row : all_rows()) {
    if (row.probe == probe) return row;
  }
  FAIL("no row runs " << probe);
  return all_rows().front();
}

}  // namespace

TEST_SUITE("sandbox/containment/checks") {
  TEST_CASE("a report that is as expected raises no complaint, one that is not does") {
    RunReport good;
    good.standard_output = "one\ntwo\n";
    good.standard_error = "message";
    const Expected expected{.output = "one\ntwo\n",
                            .lines = {"one", "two"},
                            .pattern = "one\n(two\n)",
                            .error_pattern = "mess.ge"};
    CHECK(complaints_about(good, expected) == "");
    RunReport bad = good;
    bad.standard_output = "one\ntwo more\n";
    CHECK(complaints_about(bad, expected) ==
          "the output is not 'one\\ntwo\\n'; no line 'two'; the output does not match "
          "'one\\n(two\\n)'");
    bad = good;
    bad.standard_error = "";
    CHECK(complaints_about(bad, expected) == "the messages do not contain 'mess.ge'");
    bad = good;
    bad.exit = {Exit::Kind::exited, 1};
    CHECK(complaints_about(bad, expected) == "exit 1, not exit 0");
    bad = good;
    bad.ended_by = EndedBy::wall_limit;
    CHECK(complaints_about(bad, expected) == "ended by the wall limit, not by the program");
    bad = good;
    bad.forbidden_syscall = "mount";
    CHECK(complaints_about(bad, expected) == "forbidden call 'mount', not ''");
  }

  TEST_CASE("usage that is not within the limits raises a complaint") {
    RunReport report;
    const Expected at_memory{.ended_by = {EndedBy::memory_limit}, .peak_at_limit = true};
    report.ended_by = EndedBy::memory_limit;
    report.usage.peak_memory = 100_MiB;
    CHECK(complaints_about(report, at_memory) == "");
    report.usage.peak_memory = 89_MiB;
    CHECK(complaints_about(report, at_memory) == "peak of only 89 MiB");
    report.usage.peak_memory = 111_MiB;
    CHECK(complaints_about(report, at_memory) == "peak of 111 MiB");
    report = RunReport{};
    report.standard_output = std::string(101, 'x');
    CHECK(complaints_about(report, {}) == "more output was kept than the limit");
    report = RunReport{};
    report.ended_by = EndedBy::cpu_limit;
    report.usage.cpu_user = 500ms;
    const Expected at_cpu{.ended_by = {EndedBy::cpu_limit}};
    CHECK(complaints_about(report, at_cpu) == "cpu limit at 500000 us");
    report.usage.cpu_user = 2s;
    CHECK(complaints_about(report, at_cpu) == "cpu limit at 2000000 us");
    CHECK(complaints_about(report, {.ended_by = {EndedBy::cpu_limit}, .system_time = true}) ==
          "cpu limit at 2000000 us; system time 0 us");
  }

  TEST_CASE("artifacts that came out, and those that did not, raise a complaint") {
    RunReport report;
    report.artifacts = {{"/tmp/a", "secret", ""}};
    CHECK(complaints_about(report, {.artifacts = {{.path = "/tmp/a"}}}) ==
          "/tmp/a came out: 'secret'");
    Complaints complaints;
    check_secret(report, "secret", complaints);
    CHECK(complaints.text() == "the secret came out in /tmp/a");
    report.artifacts = {{"/tmp/a", std::nullopt, "a link"}};
    CHECK(complaints_about(report, {.artifacts = {{.path = "/tmp/a", .why_absent = "folder"}}}) ==
          "/tmp/a is absent: 'a link'");
    CHECK(complaints_about(report, {.artifacts = {{.path = "/tmp/a", .contents = {"x"}}}}) ==
          "/tmp/a did not come out: 'a link'");
  }

  TEST_CASE("a summary shows no control byte of a hostile program") {
    RunReport report;
    report.standard_output = "\x1b[2J\x07\r\x9b\x7f\xe2\x80\xae\n";
    for (const char c : summary(report)) {
      CHECK(static_cast<unsigned char>(c) >= 0x20);
      CHECK(static_cast<unsigned char>(c) < 0x7f);
    }
  }

  TEST_CASE("a process that lives on is noticed, and no longer once it is dead") {
    const std::string mark = "JUDGE_MARK=check-" + std::to_string(::getpid());
    CHECK(survivors(mark) == "");
    const pid_t child = sleep_with(mark);
    std::string seen;
    for (int i = 0; i < 1000 && seen.empty(); ++i) {  // until it has executed
      seen = survivors(mark);
      if (seen.empty()) ::usleep(1000);
    }
    CHECK(seen == std::to_string(child) + " 'sleep\\n'");
    REQUIRE(::kill(child, SIGKILL) == 0);
    REQUIRE(::waitpid(child, nullptr, 0) == child);
    CHECK(survivors(mark) == "");
  }

  TEST_CASE("the sockets outside can be reached, and that is noticed") {
    const Stage stage;
    CHECK_FALSE(stage.was_reached());
    for (const std::string& name : {stage.socket_path(), '\0' + stage.abstract_name()}) {
      const base::UniqueFd client{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
      sockaddr_un address{};
      address.sun_family = AF_UNIX;
      std::memcpy(address.sun_path, name.data(), name.size());
      const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
      CHECK(::connect(client.get(), reinterpret_cast<const sockaddr*>(&address), size) == 0);
      CHECK(stage.was_reached());
      CHECK_FALSE(stage.was_reached());
    }
  }

  TEST_CASE("hostile programs that nothing contains are caught by their rows") {
    const Stage stage;
    for (const std::string probe :
         {"descriptors/leaked", "files/environment", "files/host_files.py", "files/climb_out",
          "network/inet", "network/families", "network/host_sockets.py", "memory/memfd",
          "namespaces/enter_others.py", "syscalls/terminal", "privileges/set_uid",
          "syscalls/forbidden_call"}) {
      CAPTURE(probe);
      Row row = row_with(probe);
      if (probe == "syscalls/forbidden_call") {
        row.arguments = {"none"};
        row.expected = {.ended_by = {EndedBy::forbidden_syscall}, .forbidden = "mount"};
      }
      const PreparedRow prepared = prepare(row, stage);
      if (!prepared.missing.empty()) continue;
      const RunReport report = run_outside(prepared.program, stage);
      CAPTURE(report.standard_output);
      Complaints complaints;
      check_report(report, row.expected, prepared.limits, Tier::c, complaints);
      CHECK(complaints.text() != "");
    }
    CHECK(stage.was_reached());  // by host_sockets.py
  }

  TEST_CASE("a protection that is taken away is missed by its row") {
    const Stage stage;
    const auto host = Host::probe();
    if (!host) {
      MESSAGE("SKIPPED: " << host.error().message());
      return;
    }
    struct Weakened {
      std::string probe;
      void (*weaken)(PreparedRow&);
    };
    const Weakened cases[] = {
        {"processes/fork_bomb", [](PreparedRow& row) { row.limits.processes = 30; }},
        {"descriptors/open_files", [](PreparedRow& row) { row.limits.open_files = 100; }},
        {"files/deep_folders", [](PreparedRow& row) { row.limits.scratch_inodes = 300; }},
        {"output/sparse_file", [](PreparedRow& row) { row.limits.file_size = 2048_GiB; }},
        {"time/cpu_spin", [](PreparedRow& row) { row.limits.wall = 100ms; }},
        {"time/sleep", [](PreparedRow& row) { row.program.arguments = {"/bin/true"}; }},
        {"network/families", [](PreparedRow& row) { row.program.profile = Profile::node; }},
        {"descriptors/leaked",
         [](PreparedRow& row) {
           row.program.inherited = {{77, 7}};
         }},
        {"files/earlier_state", [](PreparedRow& row) { row.program.files.clear(); }},
        {"compile/control.cpp", [](PreparedRow& row) { row.limits.memory = 6_MiB; }},
        {"files/host_files.py",
         [](PreparedRow& row) {
           row.program.binds.push_back({"/etc/hostname", "/var/x"});
         }},
    };
    for (const Weakened& one : cases) {
      CAPTURE(one.probe);
      PreparedRow prepared = prepare(row_with(one.probe), stage);
      if (!prepared.missing.empty()) continue;
      CHECK(run_row(prepared, *host, host->tier(), stage).kind == Outcome::Kind::contained);
      one.weaken(prepared);
      CHECK(run_row(prepared, *host, host->tier(), stage).kind == Outcome::Kind::not_contained);
    }
  }

  TEST_CASE("every clause has rows, every name is its own, every mark has a reason") {
    std::set<Clause> clauses;
    std::set<std::string> names;
    for (const Row& row : all_rows()) {
      CAPTURE(row.name);
      clauses.insert(row.clause);
      const std::string clause{clause_texts()[static_cast<std::size_t>(row.clause)].name};
      CHECK(names.insert(clause + ": " + row.name).second);
      for (const Where& where : row.open) CHECK(!where.why.empty());
      for (const Where& where : row.not_expressible) CHECK(!where.why.empty());
    }
    CHECK(clauses.size() == clause_texts().size());
  }

  TEST_CASE("every hostile program says what it tries and how it must end, and is run") {
    namespace fs = std::filesystem;
    std::set<std::string> run;
    for (const Row& row : all_rows()) {
      run.insert(row.probe);
      run.insert(row.more_files.begin(), row.more_files.end());
    }
    std::size_t count = 0;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator{probe_folder()}) {
      const std::string path = entry.path().lexically_relative(probe_folder()).generic_string();
      if (!entry.is_regular_file() || path.find('/') == std::string::npos) continue;
      CAPTURE(path);
      ++count;
      const std::string text = *probe_source(path);
      CHECK(text.find("Tries") < 10);
      const bool harmless = text.find("Tries nothing") != std::string::npos;
      CHECK((harmless || text.find("Must end:") != std::string::npos));
      const std::string stem = path.substr(0, path.rfind('.'));
      CHECK((run.count(path) == 1 || run.count(stem) == 1));
    }
    CHECK(count >= 90);
  }

  TEST_CASE("every tier that this host offers is tried, the others are named") {
    const Stage stage;
    std::size_t offered = 0;
    for (const Column& column : all_columns()) {
      const ColumnResult result = run_column(column, {}, stage);
      if (result.refused.empty()) {
        ++offered;
      } else {
        MESSAGE("SKIPPED: " << describe(column) << ": " << result.refused);
      }
    }
    CHECK(offered > 0);
  }
}
