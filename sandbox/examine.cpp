#include "sandbox/examine.hpp"

#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <string>
#include <utility>

#include "sandbox/base/io.hpp"
#include "sandbox/host_state.hpp"
#include "sandbox/launch.hpp"
#include "sandbox/slot_pool.hpp"
#include "sandbox/supervision.hpp"

namespace sandbox {
namespace {

using namespace base::literals;
using namespace std::chrono_literals;
using Level = Finding::Level;

// Everything is done as for a real program, but nothing is executed.
base::Status rehearse(const Host::State& state) {
  const Limits limits{.cpu = 5s,
                      .wall = 10s,
                      .memory = 64_MiB,
                      .output = 64_KiB,
                      .processes = 4,
                      .open_files = 64,
                      .file_size = 1_MiB,
                      .scratch = 1_MiB,
                      .scratch_inodes = 16,
                      .stack = 8_MiB};
  Program program;
  program.artifacts = {Artifact{"/tmp/none", 1_KiB}};
  JUDGE_TRY(Launched launched, launch(state, program, limits));
  Supervision rehearsal{state, program, limits, std::move(launched)};
  JUDGE_TRY(const RunReport report, rehearsal.finish());
  if (report.artifacts.front().why_absent != "the program did not write it") {
    return base::fail({base::Error::Kind::system,
                       "sandbox: open artifact: " + report.artifacts.front().why_absent});
  }
  const bool ended =
      report.exit == Exit{Exit::Kind::exited, 0} || report.ended_by == EndedBy::caller;
  if (ended) return {};
  return base::internal("sandbox: the rehearsal ended with status " +
                        std::to_string(report.exit.value));
}

cgroup::Choice to_choice(const ProbeOptions& options) {
  if (options.best >= Tier::c) return cgroup::Choice::none;
  if (options.best == Tier::b) return cgroup::Choice::v1_only;
  switch (options.control_groups) {
    case ProbeOptions::ControlGroups::any:
      return cgroup::Choice::any;
    case ProbeOptions::ControlGroups::v1_only:
      return cgroup::Choice::v1_only;
    case ProbeOptions::ControlGroups::v2_only:
      return cgroup::Choice::v2_only;
    case ProbeOptions::ControlGroups::none:
      break;
  }
  return cgroup::Choice::none;
}

// Ways to mount /proc, best first: others' processes hidden; none. Not `subset=pid`, which hides
// the host better: runtimes count processors and memory there, and a program that starts as many
// workers as it is told there are processors must not be told none.
constexpr std::array kProcOptions{"hidepid=2", static_cast<const char*>(nullptr)};

base::Status compile_filters(Host::State& state) {
  for (const Profile profile : kProfiles) {
    JUDGE_TRY(state.filters[static_cast<std::size_t>(profile)],
              compile_filter(profile, state.on_forbidden));
  }
  return {};
}

// The mechanisms that may be had in a weaker form; tried in this order until a rehearsal succeeds.
struct Attempt {
  cgroup::Choice groups;
  IdKind ids;
  const char* proc_options;
  OnForbidden on_forbidden;
};

std::vector<Attempt> attempts(const ProbeOptions& options) {
  const cgroup::Choice asked = to_choice(options);
  std::vector<cgroup::Choice> groups{asked};
  if (asked == cgroup::Choice::any) groups.push_back(cgroup::Choice::v1_only);
  if (asked != cgroup::Choice::none) groups.push_back(cgroup::Choice::none);
  std::vector<IdKind> ids;
  if (::geteuid() == 0) ids.push_back(IdKind::range);
  ids.push_back(IdKind::single);
  std::vector<OnForbidden> forbidden;
  if (options.use_listener) forbidden.push_back(OnForbidden::ask_listener);
  forbidden.push_back(OnForbidden::kill);

  std::vector<Attempt> all;
  for (const IdKind id : ids) {
    for (const cgroup::Choice group : groups) {
      for (const char* proc : kProcOptions) {
        for (const OnForbidden answer : forbidden) all.push_back(Attempt{group, id, proc, answer});
      }
    }
  }
  return all;
}

base::Status try_attempt(Host::State& state, const Attempt& attempt) {
  state.bases = cgroup::find_bases(attempt.groups);
  state.ids = attempt.ids;
  state.proc_options = attempt.proc_options;
  state.on_forbidden = attempt.on_forbidden;
  state.pool = std::make_shared<SlotPool>();
  JUDGE_TRY_VOID(compile_filters(state));
  return rehearse(state);
}

bool is_set(const char* path, char value) {
  const auto text = base::read_file(path, 16);
  return text && text->size() >= 1 && text->front() == value;
}

// What usually stands in the way, as far as the host tells.
std::string namespace_advice() {
  if (is_set("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", '1')) {
    return "AppArmor restricts user namespaces: sysctl "
           "kernel.apparmor_restrict_unprivileged_userns=0, "
           "or give the judge's binary a profile with `userns,`";
  }
  if (is_set("/proc/sys/kernel/unprivileged_userns_clone", '0')) {
    return "sysctl kernel.unprivileged_userns_clone=1";
  }
  if (is_set("/proc/sys/user/max_user_namespaces", '0'))
    return "sysctl user.max_user_namespaces=10000";
  return "inside a container: run it with --security-opt seccomp=unconfined --security-opt "
         "apparmor=unconfined --security-opt systempaths=unconfined, or --privileged; inside a "
         "chroot user "
         "namespaces are refused, use pivot_root";
}

Finding find_namespaces(const Host::State& state) {
  if (state.ids == IdKind::range) {
    return {Level::works, "user, mount, pid, network, ipc and uts namespaces",
            "as root, mapped to unprivileged ids of a high range", ""};
  }
  return {Level::works, "user, mount, pid, network, ipc and uts namespaces",
          "as an ordinary user, mapped to that user's own id", ""};
}

Finding find_proc(const Host::State& state) {
  if (state.proc_options != nullptr) return {Level::works, "proc", "others' processes hidden", ""};
  return {Level::weaker, "proc", "programs get an empty /proc",
          "in a container, unmask /proc: --security-opt systempaths=unconfined"};
}

Finding find_group(const cgroup::Base& base, const std::string& resource,
                   const std::string& otherwise) {
  const std::string subject = "control group: " + resource;
  if (base.version != cgroup::Version::none) {
    return {Level::works, subject, cgroup::describe(base, "") + " below " + base.folder, ""};
  }
  return {Level::weaker, subject, otherwise,
          ::geteuid() == 0 ? "mount the controller below /sys/fs/cgroup and make it writable; in a "
                             "container: --privileged, "
                             "or --cgroupns=host with /sys/fs/cgroup mounted writable"
                           : "run below a delegated group: systemd-run --user --scope -p "
                             "Delegate=yes COMMAND, or as root"};
}

Finding find_filter(const Host::State& state) {
  if (state.on_forbidden == OnForbidden::ask_listener) {
    return {Level::works, "seccomp", "filter with listener: forbidden system calls are named", ""};
  }
  return {Level::weaker, "seccomp",
          "filter without listener: forbidden system calls end the run unnamed",
          "Linux 5.0 or later, and no other listener around the judge (some container engines set "
          "one)"};
}

unsigned landlock_version() {
  const long version =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version > 0 ? static_cast<unsigned>(version) : 0;
}

Finding find_landlock() {
  if (const unsigned version = landlock_version(); version > 0) {
    return {Level::works, "landlock", "second wall, version " + std::to_string(version), ""};
  }
  return {Level::weaker, "landlock", base::describe_errno(errno) + ": no second wall",
          "Linux 5.13 or later with lsm=landlock brings it"};
}

std::vector<Finding> list_findings(const Host::State& state) {
  return {find_namespaces(state),
          {Level::works, "launcher", "a rehearsal of a whole launch succeeded", ""},
          find_proc(state),
          find_group(state.bases.memory, "memory",
                     "data segment limit, and resident memory sampled every 10 ms"),
          find_group(state.bases.processes, "processes", "limit per user inside"),
          find_group(state.bases.cpu, "cpu time", "sampled every 10 ms"),
          find_filter(state),
          find_landlock()};
}

// By what the weakest of memory and processes is limited with.
Tier tier_of(const cgroup::Bases& bases) {
  const auto all = [&](cgroup::Version version) {
    return bases.memory.version == version && bases.processes.version == version;
  };
  if (all(cgroup::Version::v2)) return Tier::a;
  const bool grouped = bases.memory.version != cgroup::Version::none &&
                       bases.processes.version != cgroup::Version::none;
  return grouped ? Tier::b : Tier::c;
}

Enforced list_enforced(const Host::State& state) {
  return Enforced{.tier = std::string{name_of(state.tier)},
                  .isolation = "namespaces",
                  .memory = cgroup::describe(state.bases.memory, "rlimit-data+sampling"),
                  .cpu = cgroup::describe(state.bases.cpu, "sampling+rlimit"),
                  .processes = cgroup::describe(state.bases.processes, "rlimit-nproc"),
                  .time = "real"};
}

}  // namespace

Examination examine(const ProbeOptions& options) {
  Examination examination;
  auto state = std::make_unique<Host::State>();
  state->landlock = landlock_version();
  state->visible_ids = base::read_file("/proc/self/uid_map").value_or("");
  for (const Attempt& attempt : attempts(options)) {
    auto tried = try_attempt(*state, attempt);
    if (tried) {
      cgroup::sweep_stale_groups(state->bases);
      state->tier = tier_of(state->bases);
      state->enforced = list_enforced(*state);
      state->findings = list_findings(*state);
      examination.state = std::move(state);
      return examination;
    }
    // The best attempt fails for the reason that matters; the weaker ones for the same or for
    // lesser ones.
    if (!examination.refusal) {
      examination.refusal = base::Error{base::Error::Kind::cannot_isolate, tried.error().message()};
    }
  }
  examination.findings = {{Level::missing, "user, mount, pid, network, ipc and uts namespaces",
                           examination.refusal->message(), namespace_advice()},
                          find_landlock()};
  examination.refusal = base::Error{base::Error::Kind::cannot_isolate,
                                    examination.refusal->message() + "; " + namespace_advice()};
  return examination;
}

}  // namespace sandbox
