// A kernel that lacks a call is imitated by a filter that answers ENOSYS, in front of everything:
// the library, the launcher, the slots, the programs.
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/sandbox/launcher/interception.hpp"
#include "tests/sandbox/launcher/remains.hpp"
#include "tests/sandbox/support.hpp"

using namespace std::chrono_literals;
using namespace sandbox;
using namespace sandbox::test;

namespace {

// Which part of the sandbox is then missing or weaker.
struct Row {
  const char* name;
  std::vector<int> calls;
  const char* refusal;  // start of the reason why there are no namespaces; empty: there are
  const char* weaker;   // subject of the finding that says what is weaker; empty: nothing is
  bool bare = false;    // without namespaces programs are isolated all the same: tier D
};

void append_answer(std::vector<sock_filter>& filter, int call, int code) {
  filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 1));
  filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<unsigned>(code)));
}

std::vector<sock_filter> kernel_without(const std::vector<int>& calls) {
  std::vector<sock_filter> filter{BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
  for (const int call : calls) append_answer(filter, call, ENOSYS);
  filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  return filter;
}

// Linux before 5.0: seccomp(2) knows no listener.
std::vector<sock_filter> kernel_without_listener() {
  return {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
          BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 0, 3),
          BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args) + 8),
          BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, SECCOMP_FILTER_FLAG_NEW_LISTENER, 0, 1),
          BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
          BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
}

struct Found {
  Remains before;
  std::string refusal;
  bool bare = false;
  std::vector<std::string> weaker;
  std::string ran;  // what went wrong with a program
  std::chrono::steady_clock::duration time{};
};

using Subjects = std::vector<std::string>;

Subjects weaker_subjects(const Host& host) {
  Subjects subjects;
  for (const Finding& finding : host.findings()) {
    if (finding.level != Finding::Level::works) subjects.push_back(finding.subject);
  }
  std::sort(subjects.begin(), subjects.end());
  return subjects;
}

// What this host lacks anyway, and `more`; sorted.
Subjects with_lacking(const Subjects& more) {
  static const Subjects lacking = [] {
    auto probed = Host::probe();
    return probed ? weaker_subjects(*probed) : Subjects{};
  }();
  Subjects all = lacking;
  for (const std::string& one : more) {
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
  }
  std::sort(all.begin(), all.end());
  return all;
}

bool can_isolate() {
  static const auto refusal = [] {
    auto probed = Host::probe();
    return probed ? std::string{} : probed.error().message();
  }();
  if (!refusal.empty()) MESSAGE("SKIPPED: " << refusal);
  return refusal.empty();
}

Found probe_under(const std::vector<sock_filter>& filter) {
  (void)::prctl(PR_SET_CHILD_SUBREAPER, 1);
  Found found;
  found.before = count_remains();
  const auto begin = std::chrono::steady_clock::now();
  run_under(filter, [&] {
    auto probed = Host::probe();
    if (!probed) {
      found.refusal = probed.error().message();
      if (probed.error().kind() != base::Error::Kind::cannot_isolate) found.ran = "another kind";
      return;
    }
    found.weaker = weaker_subjects(*probed);
    found.bare = probed->tier() == Tier::d;
    if (found.bare) found.refusal = probed->findings().front().detail;
    auto report = run(*probed, probe("confined"), usual_limits());
    if (!report) {
      found.ran = report.error().message();
    } else if (report->exit != Exit{Exit::Kind::exited, 7}) {
      found.ran = report->standard_output;
    }
  });
  found.time = std::chrono::steady_clock::now() - begin;
  return found;
}

const std::vector<Row>& rows() {
  static const std::vector<Row> all{
      {"nothing", {}, "", ""},
      {"clone3", {SYS_clone3}, "sandbox: clone3: ", "", true},
      {"close_range", {SYS_close_range}, "sandbox: place descriptors: ", ""},
      {"open_tree", {SYS_open_tree}, "sandbox: open bind: '/", "", true},
      {"move_mount", {SYS_move_mount}, "sandbox: bind: '/", "", true},
      {"mount_setattr", {SYS_mount_setattr}, "sandbox: bind: '/", "", true},
      {"pidfd_open", {SYS_pidfd_open}, "sandbox: start the launcher: ", ""},
      {"pidfd_send_signal", {SYS_pidfd_send_signal}, "", ""},
      {"landlock",
       {SYS_landlock_create_ruleset, SYS_landlock_add_rule, SYS_landlock_restrict_self},
       "",
       "landlock"},
      {"landlock_add_rule", {SYS_landlock_add_rule}, "sandbox: make Landlock ruleset: ", ""},
      {"landlock_restrict_self", {SYS_landlock_restrict_self}, "sandbox: restrict files: ", ""},
      {"seccomp", {SYS_seccomp}, "sandbox: install filter with listener: ", ""},
      {"newer names for old calls",
       {SYS_epoll_pwait2, SYS_faccessat2, SYS_statx, SYS_rseq},
       "",
       ""},
      {"all of them",
       {SYS_clone3, SYS_close_range, SYS_openat2, SYS_open_tree, SYS_move_mount, SYS_mount_setattr,
        SYS_pidfd_open, SYS_pidfd_send_signal, SYS_landlock_create_ruleset, SYS_landlock_add_rule,
        SYS_landlock_restrict_self, SYS_epoll_pwait2, SYS_faccessat2, SYS_statx, SYS_rseq},
       "sandbox: ",
       ""},
  };
  return all;
}

void check_row(const Row& row, const Found& found) {
  CHECK(found.ran == "");
  CHECK(found.time < 10s);
  const std::string reason = row.refusal;
  CHECK(found.refusal.empty() == reason.empty());
  CHECK(found.refusal.starts_with(reason));
  CHECK(found.bare == row.bare);
  if (!reason.empty())
    CHECK(found.refusal.find("Function not implemented (ENOSYS); ") != std::string::npos);
  if (reason.empty()) {
    const bool none = *row.weaker == '\0';
    CHECK(found.weaker == with_lacking(none ? Subjects{} : Subjects{row.weaker}));
  }
  const Remains left = await_remains(found.before);
  CHECK_MESSAGE(!is_more(left, found.before), to_text(left));
}

}  // namespace

TEST_SUITE("sandbox/launcher/old kernel") {
  TEST_CASE("without a newer call the host is weaker and says so, or refuses and names the step") {
    if (!can_isolate()) return;
    for (const Row& row : rows()) {
      CAPTURE(row.name);
      check_row(row, probe_under(kernel_without(row.calls)));
    }
  }

  TEST_CASE("without a listener forbidden calls stay unnamed, which is a finding") {
    if (!can_isolate()) return;
    check_row(Row{"listener", {}, "", "seccomp"}, probe_under(kernel_without_listener()));
  }

  TEST_CASE("limits hold where processes cannot be signalled by descriptor") {
    if (!can_isolate()) return;
    std::string failure;
    run_under(kernel_without({SYS_pidfd_send_signal}), [&] {
      auto probed = Host::probe();
      if (!probed) {
        failure = probed.error().message();
        return;
      }
      Limits limits = usual_limits();
      limits.wall = 100ms;
      auto report = run(*probed, shell("while :; do :; done"), limits);
      if (!report) {
        failure = report.error().message();
      } else if (report->ended_by != EndedBy::wall_limit) {
        failure = "not ended by the limit";
      }
    });
    CHECK(failure == "");
  }

  TEST_CASE("artifacts that cannot be opened are no answer about the program") {
    if (!can_isolate()) return;
    const Found found = probe_under(kernel_without({SYS_openat2}));
    CHECK(
        found.refusal.starts_with("sandbox: open artifact: it cannot be opened: Function not "
                                  "implemented (ENOSYS)"));
  }
}
