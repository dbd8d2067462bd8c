#include "sandbox/host.hpp"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <mutex>
#include <utility>

#include "sandbox/cgroup/abandon.hpp"
#include "sandbox/examine.hpp"
#include "sandbox/findings.hpp"
#include "sandbox/host_state.hpp"
#include "sandbox/process.hpp"
#include "sandbox/slot_pool.hpp"
#include "sandbox/time/virtual_clock.hpp"

namespace sandbox {

namespace {

using namespace std::chrono_literals;

// A program that sleeps for a day, and is back at once.
base::Status try_clock(const Host& host, TimeMode mode) {
  JUDGE_TRY(auto clock, time::VirtualClock::make(mode));
  Program sleeper;
  sleeper.arguments = {"/bin/sleep", "1d"};
  sleeper.clock = clock;
  JUDGE_TRY(const RunReport report, run(host, sleeper, trial_limits()));
  const bool slept = report.ended_by == EndedBy::program && clock->now() == 24h;
  if (slept && report.exit == Exit{Exit::Kind::exited, 0}) return {};
  return base::system_failure("sandbox: virtual clock: a program does not sleep on it", ENOSYS);
}

}  // namespace

Host::State::State() {
  for (std::size_t resource = 0; resource < own_limits.size(); ++resource) {
    rlimit limit{};
    (void)::getrlimit(static_cast<__rlimit_resource>(resource), &limit);
    own_limits[resource] = limit.rlim_max;
  }
}

Host::State::~State() = default;

unsigned Host::State::next_number() const {
  static std::atomic<unsigned> counter{0};
  return static_cast<unsigned>(::getpid()) * 64U + counter.fetch_add(1) % 64U;
}

Host::Host(std::unique_ptr<State> state) : state_{std::move(state)} {}
Host::Host(Host&&) noexcept = default;
Host& Host::operator=(Host&&) noexcept = default;
Host::~Host() = default;

Tier Host::tier() const { return state_->tier; }
const Enforced& Host::enforced() const { return state_->enforced; }
const std::vector<Finding>& Host::findings() const { return state_->findings; }

// Better ways first.
TimeMode Host::time_mode() const {
  std::call_once(state_->tried_clock, [this] {
    for (const TimeMode mode : {TimeMode::notified, TimeMode::preloaded}) {
      if (mode < state_->best_time) continue;
      const base::Status tried = try_clock(*this, mode);
      state_->tried_modes.emplace(mode, tried);
      if (!tried) continue;
      state_->time_mode = mode;
      return;
    }
  });
  return state_->time_mode;
}

base::Status Host::can_virtualise_time() const {
  if (time_mode() != TimeMode::real) return {};
  if (state_->tried_modes.empty()) return base::invalid_input("sandbox: real time is wanted");
  return state_->tried_modes.begin()->second;  // what stands in the way of the best
}

void Host::rest() const { state_->pool->drop_waiting(); }

void Host::abandon_runs() const {
  state_->pool->kill();
  cgroup::abandon_own_groups(state_->bases);
}

base::Result<Host> Host::probe(const ProbeOptions& options) {
  Examination examination = examine(options);
  if (!examination.state) return base::fail(std::move(*examination.refusal));
  return Host{std::move(examination.state)};
}

std::vector<Finding> examine_host(const ProbeOptions& options) {
  const auto host = Host::probe(options);
  if (!host) return examine(options).findings;
  std::vector<Finding> findings = host->findings();
  const TimeMode mode = host->time_mode();
  findings.push_back(find_clock(mode, host->state_->tried_modes));
  return findings;
}

}  // namespace sandbox
