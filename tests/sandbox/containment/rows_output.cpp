// Attacks by output, input and ways to end.
#include <csignal>

#include "tests/sandbox/containment/rows.hpp"

namespace sandbox::test {
namespace {

using namespace base::literals;
using namespace std::chrono_literals;

// As in the probe.
constexpr char kControlBytes[] =
    "\x1b]0;title\x07\x1b[2J\x1b[31mred\x1b[0m\rover\x08\x7f\xc2\x9b"
    "31m\xe2\x80\xae"
    "evil\xff\xc0\x80\0end\n";

std::vector<Row> flood_rows() {
  using enum Clause;
  std::vector<Row> rows;
  for (const char* probe : {"output_flood", "flood_splice", "flood_error.py", "flood.mjs"}) {
    rows.push_back({.clause = output_floods,
                    .name = probe,
                    .probe = std::string{"output/"} + probe,
                    .expected = {.ended_by = {EndedBy::output_limit}}});
  }
  // Node keeps what the pipe does not take at once.
  rows.back().expected.ended_by.push_back(EndedBy::memory_limit);
  rows.push_back({.clause = output_floods,
                  .name = "through streams opened again",
                  .probe = "output/flood_reopened.py",
                  .expected = {.ended_by = {EndedBy::output_limit}, .lines = {"before"}}});
  return rows;
}

std::vector<Row> stream_rows() {
  using enum Clause;
  return {
      {.clause = output_stalls,
       .name = "half a line, then silence",
       .probe = "output/stall",
       .limits = {.wall = 400ms},
       .expected = {.ended_by = {EndedBy::wall_limit},
                    .output = "half a li",
                    .error_pattern = "and here"}},
      {.clause = output_stalls,
       .name = "all streams closed",
       .probe = "output/closed_stdio",
       .expected = {.exit = {{Exit::Kind::exited, 7}}}},
      {.clause = output_stalls,
       .name = "a large input that nobody reads",
       .probe = "output/ignore_input.py",
       .input = std::string(3'000'000, 'x'),
       .expected = {.output = "b'x'\nclosed for good\n"}},
      {.clause = reopened_output,
       .name = "the streams as files",
       .probe = "output/reopened",
       .expected = {.output = "seek: ESPIPE\ncut: EINVAL\npwrite: ESPIPE\n"
                              "/proc/self/fd/1: worked\nthrough it\n/dev/stdout: worked\n"
                              "chmod: worked\nlink: EXDEV\n"},
       .instead = {{Tier::d,
                    {.output = "seek: ESPIPE\ncut: EINVAL\npwrite: ESPIPE\n"
                               "/proc/self/fd/1: worked\nthrough it\n/dev/stdout: worked\n"
                               "chmod: EPERM\nlink: EXDEV\n"},
                    Where::User::ordinary}}},
      {.clause = reopened_output,
       .name = "sparse files",
       .probe = "output/sparse_file",
       .expected = {.output = "1 MiB: worked\n1 TiB: EFBIG\nfar out: EFBIG\nallocate: EFBIG\n"}},
      {.clause = control_bytes,
       .name = "escape sequences, marks, broken UTF-8",
       .probe = "output/control_bytes",
       .expected = {.output = std::string{kControlBytes, sizeof kControlBytes - 1}}},
  };
}

std::vector<Row> ending_rows() {
  using enum Clause;
  std::vector<Row> rows;
  const auto add = [&](const std::string& kind, int number, Exit::Kind ends) {
    rows.push_back({.clause = faked_endings,
                    .name = kind + " " + std::to_string(number),
                    .probe = "output/fake_endings",
                    .arguments = {kind, std::to_string(number)},
                    .expected = {.exit = {{ends, number}}}});
  };
  // Of a timeout, of killed, aborted and refused programs as shells report them; our own.
  for (const int code : {70, 124, 127, 134, 137, 139, 152, 153, 159}) {
    add("exit", code, Exit::Kind::exited);
  }
  for (const int number : {SIGKILL, SIGXCPU, SIGXFSZ, SIGSYS, SIGABRT, SIGTRAP, SIGSEGV, SIGALRM}) {
    add("signal", number, Exit::Kind::signaled);
  }
  rows.push_back({.clause = faked_endings,
                  .name = "an abort with a third of the memory in use",
                  .probe = "output/abort_with_memory",
                  .expected = {.exit = {{Exit::Kind::signaled, SIGABRT}}}});
  return rows;
}

}  // namespace

std::vector<Row> output_rows() {
  std::vector<Row> all;
  for (const auto part : {flood_rows, stream_rows, ending_rows}) {
    for (Row& row : part()) all.push_back(std::move(row));
  }
  return all;
}

}  // namespace sandbox::test
