// Attacks by what is left behind for the caller to read.
#include "tests/sandbox/containment/rows.hpp"

namespace sandbox::test {
namespace {

using namespace base::literals;

ExpectedArtifact absent(const std::string& name, const std::string& why) {
  return {.path = "/tmp/" + name, .limit = 4_KiB, .why_absent = why};
}

}  // namespace

std::vector<Row> artifact_rows() {
  using enum Clause;
  const char* const kLink = "symbolic link";
  return {
      {.clause = artifacts,
       .name = "links, pipes, sockets, folders, giants",
       .probe = "artifacts/tricks.py",
       .arguments = {"{outside}"},
       .expected = {.output = "device refused\nblock refused\n",
                    .artifacts = {{.path = "/tmp/plain", .contents = {"plain content"}},
                                  absent("link", kLink),
                                  absent("link_outside", kLink),
                                  absent("link_proc", kLink),
                                  absent("link_plain", kLink),
                                  absent("fifo", "not a regular file"),
                                  absent("folder", "folder"),
                                  absent("middle/file", kLink),
                                  absent("middle_outside/passwd", kLink),
                                  absent("socket", "not a regular file|did not write"),
                                  absent("named", "more than one name"),
                                  absent("second_name", "more than one name"),
                                  absent("large", "larger than"),
                                  absent("sparse", "larger than"),
                                  absent("device", "did not write"),
                                  absent("none", "did not write"),
                                  {.path = "/tmp/real/file", .contents = {"behind a link"}},
                                  {.path = "/etc/shadow"},
                                  {.path = "/proc/1/environ"}}}},
      {.clause = artifacts,
       .name = "swapped for a link while it is looked at",
       .probe = "artifacts/swapped",
       .expected = {.artifacts = {{.path = "/tmp/result",
                                   .contents = {"fine"},
                                   .why_absent = "symbolic link|did not write"}}}},
      {.clause = artifacts,
       .name = "written on while it is read",
       .probe = "artifacts/still_written",
       .expected = {.artifacts = {{.path = "/tmp/result",
                                   .contents = {"aaaa"},
                                   .why_absent = "larger than"}}}},
  };
}

}  // namespace sandbox::test
