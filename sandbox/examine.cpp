#include "sandbox/examine.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "sandbox/bare/folders.hpp"
#include "sandbox/bare/user_processes.hpp"
#include "sandbox/base/io.hpp"
#include "sandbox/findings.hpp"
#include "sandbox/host_state.hpp"
#include "sandbox/launch.hpp"
#include "sandbox/slot_pool.hpp"
#include "sandbox/supervision.hpp"

namespace sandbox {
namespace {

using namespace base::literals;
using namespace std::chrono_literals;

// Everything is done as for a real program, but nothing is executed.
base::Status rehearse(const Host::State& state) {
  const Limits limits = trial_limits();
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
    FilterCode& filter = state.filters[static_cast<std::size_t>(profile)];
    JUDGE_TRY(filter, compile_filter(profile, state.on_forbidden));
    if (state.is_bare()) put_bare_checks_in_front(filter, state.bare_rules());
  }
  return {};
}

// The mechanisms that may be had in a weaker form; tried in this order until a rehearsal succeeds.
struct Attempt {
  cgroup::Choice groups;
  IdKind ids;
  const char* proc_options;
  OnForbidden on_forbidden;
  std::string folder = {};  // not empty: a bare slot, which makes its own below
};

std::vector<Attempt> attempts(const Host::State& state, const ProbeOptions& options) {
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
  for (const IdKind id : options.best == Tier::d ? std::vector<IdKind>{} : ids) {
    for (const cgroup::Choice group : groups) {
      for (const char* proc : kProcOptions) {
        for (const OnForbidden answer : forbidden) all.push_back(Attempt{group, id, proc, answer});
      }
    }
  }
  // Then without namespaces, as long as there is Landlock.
  if (state.landlock == 0) return all;
  for (const IdKind id : ids) {
    for (const cgroup::Choice group : groups) {
      for (const std::string& folder : bare_folders()) {
        for (const OnForbidden answer : forbidden) {
          all.push_back(Attempt{group, id, nullptr, answer, folder});
        }
      }
    }
  }
  return all;
}

base::Status try_attempt(Host::State& state, const Attempt& attempt) {
  state.walls = attempt.folder.empty() ? wire::Walls::namespaces : wire::Walls::landlock;
  state.folder = attempt.folder;
  if (state.is_bare()) JUDGE_TRY_VOID(check_processes_visible());
  state.bases = cgroup::find_bases(attempt.groups);
  state.ids = attempt.ids;
  state.proc_options = attempt.proc_options;
  state.on_forbidden = attempt.on_forbidden;
  state.pool = std::make_shared<SlotPool>();
  JUDGE_TRY_VOID(compile_filters(state));
  return rehearse(state);
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
  return Enforced{
      .tier = std::string{name_of(state.tier)},
      .isolation = state.is_bare() ? "landlock" : "namespaces",
      .memory = cgroup::describe(state.bases.memory, "rlimit-data+sampling"),
      .cpu = cgroup::describe(state.bases.cpu, "sampling+rlimit"),
      .processes = cgroup::describe(state.bases.processes,
                                    state.samples_processes() ? "sampling" : "rlimit-nproc"),
      .time = "real"};
}

}  // namespace

Limits trial_limits() {
  return Limits{.cpu = 5s,
                .wall = 10s,
                .memory = 64_MiB,
                .output = 64_KiB,
                .processes = 4,
                .open_files = 64,
                .file_size = 1_MiB,
                .scratch = 1_MiB,
                .scratch_inodes = 16,
                .stack = 8_MiB};
}

Examination examine(const ProbeOptions& options) {
  Examination examination;
  auto state = std::make_unique<Host::State>();
  state->landlock = std::min(landlock_version(), options.landlock);
  state->best_time = options.best_time;
  state->visible_ids = base::read_file("/proc/self/uid_map").value_or("");
  for (const Attempt& attempt : attempts(*state, options)) {
    auto tried = try_attempt(*state, attempt);
    if (tried) {
      cgroup::sweep_stale_groups(state->bases);
      if (state->is_bare()) sweep_stale_folders(state->folder);
      state->tier = state->is_bare() ? Tier::d : tier_of(state->bases);
      state->enforced = list_enforced(*state);
      state->findings = list_findings(*state, examination.refusal);
      examination.state = std::move(state);
      return examination;
    }
    // The best attempt fails for the reason that matters; the weaker ones for the same or for
    // lesser ones.
    if (!examination.refusal) {
      examination.refusal = base::Error{base::Error::Kind::cannot_isolate, tried.error().message()};
    }
  }
  if (!examination.refusal) {  // nothing to try: tier D is wished for
    examination.refusal = base::Error{base::Error::Kind::cannot_isolate,
                                      "sandbox: without namespaces Landlock is needed"};
  }
  examination.findings = list_missing(*examination.refusal);
  examination.refusal = base::Error{base::Error::Kind::cannot_isolate,
                                    examination.refusal->message() + "; " + namespace_advice()};
  return examination;
}

}  // namespace sandbox
