#include "sandbox/run/ending.hpp"

#include <signal.h>

#include <chrono>

#include <doctest/doctest.h>

using namespace base::literals;
using namespace std::chrono_literals;
using sandbox::EndedBy;
using sandbox::Exit;
using sandbox::RunReport;

namespace {

sandbox::Limits limits() {
  return {.cpu = 1s,
          .wall = 1500ms,
          .memory = 64_MiB,
          .output = 1_KiB,
          .processes = 1,
          .open_files = 16,
          .file_size = 1_MiB,
          .scratch = 1_MiB,
          .scratch_inodes = 10,
          .stack = 8_MiB};
}

}  // namespace

TEST_SUITE("sandbox/run/ending") {
  TEST_CASE("exit code and line tell what ended the program") {
    struct Row {
      EndedBy ended_by;
      Exit exit;
      int code;
      const char* line;
    };
    const Exit killed{Exit::Kind::signaled, SIGKILL};
    for (const Row& row : {
             Row{EndedBy::program, {Exit::Kind::exited, 0}, 0, ""},
             Row{EndedBy::program, {Exit::Kind::exited, 124}, 124, ""},
             Row{EndedBy::program, {Exit::Kind::signaled, SIGSEGV}, 139, ""},
             Row{EndedBy::cpu_limit, killed, 124, "ended by the CPU limit of 1 s"},
             Row{EndedBy::wall_limit, killed, 124, "ended by the wall limit of 1500 ms"},
             Row{EndedBy::memory_limit,
                 {Exit::Kind::exited, 1},
                 137,
                 "ended by the memory limit of 64 MiB"},
             Row{EndedBy::output_limit, killed, 153, "ended by the output limit of 1 KiB"},
             Row{EndedBy::forbidden_syscall, killed, 159, "ended by a forbidden system call"},
             Row{EndedBy::caller, killed, 137, ""},
         }) {
      RunReport report;
      report.ended_by = row.ended_by;
      report.exit = row.exit;
      CAPTURE(row.line);
      CHECK(sandbox_run::exit_code(report) == row.code);
      CHECK(sandbox_run::ending_line(report, limits()) == row.line);
    }
  }

  TEST_CASE("a forbidden system call is named when its name is known") {
    RunReport report;
    report.ended_by = EndedBy::forbidden_syscall;
    report.forbidden_syscall = "keyctl";
    CHECK(sandbox_run::ending_line(report, limits()) ==
          "ended by the forbidden system call 'keyctl'");
  }

  TEST_CASE("signals have their names") {
    CHECK(sandbox_run::name_of_signal(SIGSEGV) == "SIGSEGV");
    CHECK(sandbox_run::name_of_signal(SIGRTMIN + 2) == "SIGRTMIN+2");
    CHECK(sandbox_run::name_of_signal(32) == "signal 32");
  }
}
