#include <algorithm>
#include <csignal>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/sandbox/support.hpp"

using namespace base::literals;
using namespace std::chrono_literals;
using namespace sandbox;
using namespace sandbox::test;

namespace {

// The second wall answers first, with an errno of its own.
bool has_landlock() {
  const std::vector<Finding>& all = host().findings();
  return std::any_of(all.begin(), all.end(), [](const Finding& finding) {
    return finding.subject == "landlock" && finding.level == Finding::Level::works;
  });
}

}  // namespace

TEST_SUITE("sandbox/containment") {
  TEST_CASE("calls that reach beyond the program are refused, those for itself work") {
    const RunReport report = run_here(probe("denied_calls"));
    CHECK(report.exit == Exit{Exit::Kind::exited, 0});
    // For an ordinary user there is no id 0 inside, which answers EINVAL.
    std::string setuid_answer =
        report.standard_output.find("setuid EINVAL") == std::string::npos ? "EPERM" : "EINVAL";
    CHECK(report.standard_output ==
          "ptrace EPERM\nunshare EPERM\nclone EPERM\nclone3 ENOSYS\nsetuid " + setuid_answer +
              "\nsetgroups EPERM\nchroot EPERM\n"
              "sethostname EPERM\nsocket inet EPERM\nsocket netlink EPERM\nsocket vsock "
              "EPERM\nio_uring ENOSYS\n"
              "keyctl EPERM\nmemfd_create ENOSYS\nshmget ENOSYS\nuserfaultfd "
              "EPERM\nperf_event_open EPERM\n"
              "tiocsti EPERM\ntiocsti high EPERM\nmknod device " +
              std::string{has_landlock() ? "EACCES" : "EPERM"} +
              "\nunknown ENOSYS\nsocketpair "
              "worked\nfork worked\n");
  }

  TEST_CASE("without a listener a forbidden call still ends the run, unnamed") {
    ProbeOptions options = wanted_options();
    options.use_listener = false;
    auto plain = Host::probe(options);
    REQUIRE(plain.has_value());
    const RunReport report = run_here(probe("forbidden_call", {"mount"}), usual_limits(), *plain);
    CHECK(report.ended_by == EndedBy::forbidden_syscall);
    CHECK_FALSE(report.forbidden_syscall.has_value());
    CHECK(report.exit == Exit{Exit::Kind::signaled, SIGSYS});
    CHECK(run_here(shell("echo fine"), usual_limits(), *plain).standard_output == "fine\n");
  }

  TEST_CASE("there is no network: no interface but a loopback that is down") {
    if (needs_namespaces("local sockets by name; see sandbox/bare")) return;
    Program program =
        shell("cat /proc/self/net/dev /proc/self/net/route 2>/dev/null | grep -c eth; echo ok");
    CHECK(run_here(program).standard_output == "0\nok\n");
    program = shell("");
    program.profile = Profile::node;
    program.arguments = {
        "/usr/bin/python3", "-c",
        "import socket\n"
        "try: socket.create_connection(('127.0.0.1', 80), 1)\n"
        "except PermissionError as error: print(error)\n"
        "server = socket.socket(socket.AF_UNIX); server.bind('/tmp/s'); server.listen()\n"
        "client = socket.socket(socket.AF_UNIX); client.connect('/tmp/s'); print('local works')"};
    CHECK(run_here(program).standard_output == "[Errno 1] Operation not permitted\nlocal works\n");
  }

  TEST_CASE("what only the caller may read can be shown to a program, and nothing around it") {
    if (needs_namespaces("reading with more than the program's own rights")) return;
    char folder[] = "/tmp/sandbox-test-XXXXXX";
    REQUIRE(::mkdtemp(folder) != nullptr);  // mode 0700: the program's user could not enter
    const std::string file = std::string{folder} + "/shown";
    FILE* stream = std::fopen(file.c_str(), "we");
    REQUIRE(stream != nullptr);
    std::fputs("content\n", stream);
    std::fclose(stream);
    Program program = shell("cat /opt/tool; echo x > /opt/tool; cat " + file);
    program.binds = {{file, "/opt/tool"}};
    const RunReport report = run_here(program);
    CHECK(report.standard_output == "content\n");
    CHECK(report.standard_error.find("/opt/tool: Read-only file system") != std::string::npos);
    CHECK(report.standard_error.find("No such file or directory") != std::string::npos);
    (void)std::remove(file.c_str());
    (void)std::remove(folder);
  }
}
