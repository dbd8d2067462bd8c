#include "sandbox/host.hpp"

#include <unistd.h>

#include <utility>

#include "sandbox/cgroup/abandon.hpp"
#include "sandbox/examine.hpp"
#include "sandbox/host_state.hpp"
#include "sandbox/slot_pool.hpp"

namespace sandbox {

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

std::vector<Finding> examine_host() {
  Examination examination = examine({});
  return examination.state ? examination.state->findings : examination.findings;
}

}  // namespace sandbox
