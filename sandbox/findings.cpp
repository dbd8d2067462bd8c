#include "sandbox/findings.hpp"

#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "sandbox/base/io.hpp"
#include "sandbox/host_state.hpp"

namespace sandbox {
namespace {

using Level = Finding::Level;

bool is_set(const char* path, char value) {
  const auto text = base::read_file(path, 16);
  return text && text->size() >= 1 && text->front() == value;
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

// What each version has brought that a program could otherwise do. Without namespaces there is
// nothing else that stands against it.
Finding find_first_wall(unsigned version) {
  const std::string detail = "the only wall, version " + std::to_string(version);
  if (version >= 6) return {Level::works, "landlock", detail, ""};
  std::string lacks = ": signals to other processes";
  if (::geteuid() == 0) lacks = ": a second wall against signals to other processes";
  if (version < 4) lacks += ", TCP (the filter allows no sockets)";
  if (version < 3) lacks += ", truncating files (the filter allows it for open files alone)";
  return {Level::weaker, "landlock", detail + ", does not know" + lacks, "Linux 6.12 or later"};
}

Finding find_landlock() {
  if (const unsigned version = landlock_version(); version > 0) {
    return {Level::works, "landlock", "second wall, version " + std::to_string(version), ""};
  }
  return {Level::weaker, "landlock", base::describe_errno(errno) + ": no second wall",
          "Linux 5.13 or later with lsm=landlock brings it"};
}

std::vector<Finding> list_with_namespaces(const Host::State& state) {
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

std::vector<Finding> list_without_namespaces(const Host::State& state,
                                             const std::optional<base::Error>& why_bare) {
  const bool as_root = state.ids == IdKind::range;
  const std::string why = why_bare ? why_bare->message() : "not wanted";
  return {
      {Level::weaker, "user, mount, pid, network, ipc and uts namespaces",
       why + "; programs see names and sizes of the host's files, its clock and its load, and " +
           (as_root ? "run as an unprivileged id of a high range" : "run as this very user"),
       why_bare ? namespace_advice() : "leave out the wish for tier D"},
      {Level::works, "launcher", "a rehearsal of a whole launch succeeded", ""},
      find_first_wall(state.landlock),
      {Level::weaker, "proc", "programs get none", "namespaces bring it"},
      {Level::weaker, "scratch space", "below " + state.folder + ", looked at every 10 ms",
       "namespaces bring a file system of its own"},
      find_group(state.bases.memory, "memory",
                 "data segment limit, and resident memory sampled every 10 ms"),
      find_group(state.bases.processes, "processes",
                 as_root ? "limit of the program's own id" : "sampled every 10 ms"),
      find_group(state.bases.cpu, "cpu time", "sampled every 10 ms"),
      find_filter(state)};
}

}  // namespace

unsigned landlock_version() {
  const long version =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version > 0 ? static_cast<unsigned>(version) : 0;
}

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

std::vector<Finding> list_findings(const Host::State& state,
                                   const std::optional<base::Error>& why_bare) {
  return state.is_bare() ? list_without_namespaces(state, why_bare) : list_with_namespaces(state);
}

Finding find_clock(TimeMode mode, const std::map<TimeMode, base::Status>& tried) {
  constexpr const char* kAdvice =
      "Linux 5.14 or later on x86-64 with a seccomp listener, and ptrace allowed for one's own "
      "programs: sysctl kernel.yama.ptrace_scope=1 or 0";
  const auto best = tried.find(TimeMode::notified);
  const std::string why = best == tried.end()
                              ? "not wanted otherwise"
                              : (best->second ? std::string{} : best->second.error().message());
  switch (mode) {
    case TimeMode::notified:
      return {Level::works, "virtual time", "a program slept for a day at once", ""};
    case TimeMode::preloaded:
      return {Level::weaker, "virtual time",
              why +
                  ": by a library inside each program (preload): not for programs that are linked "
                  "statically, and a program that asks the kernel itself sees real time",
              kAdvice};
    case TimeMode::real:
      break;
  }
  return {Level::weaker, "virtual time", why + ": time is real", kAdvice};
}

std::vector<Finding> list_missing(const base::Error& refusal) {
  return {{Level::missing, "user, mount, pid, network, ipc and uts namespaces", refusal.message(),
           namespace_advice()},
          find_landlock()};
}

}  // namespace sandbox
