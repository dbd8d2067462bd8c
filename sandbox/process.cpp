#include "sandbox/process.hpp"

#include <utility>

#include "sandbox/host_state.hpp"
#include "sandbox/launch.hpp"
#include "sandbox/supervision.hpp"

namespace sandbox {

struct Process::State {
  Supervision supervision;
};

Process::Process(std::unique_ptr<State> state) : state_{std::move(state)} {}
Process::Process(Process&&) noexcept = default;
Process& Process::operator=(Process&&) noexcept = default;
Process::~Process() = default;

base::Result<Process> Process::start(const Host& host, const Program& program,
                                     const Limits& limits) {
  return start(host, program, limits, nullptr);
}

base::Result<Process> Process::start(const Host& host, const Program& program, const Limits& limits,
                                     std::shared_ptr<CellState> cell) {
  if (program.arguments.empty()) return base::invalid_input("sandbox: no program to run");
  JUDGE_TRY(Dressed dressed, dress(program, limits));
  JUDGE_TRY(Launched launched,
            launch(*host.state_, dressed.program, dressed.limits, std::move(cell)));
  follow_clock(launched, std::move(dressed.preloaded));
  return Process{std::unique_ptr<State>{
      new State{Supervision{*host.state_, dressed.program, dressed.limits, std::move(launched)}}}};
}

base::Result<Process::Wake> Process::wait(int channel,
                                          std::optional<std::chrono::milliseconds> timeout) {
  return state_->supervision.wait(channel, timeout);
}

base::Result<Process::Rest> Process::wait_until_still() {
  return state_->supervision.wait_until_still();
}

std::string Process::path_inside(std::string_view path) const {
  return state_->supervision.paths().path(path);
}

std::chrono::microseconds Process::cpu_used() const {
  const cgroup::CpuTime used = state_->supervision.cpu();
  return used.user + used.system;
}

void Process::renew_wall() { state_->supervision.renew_wall(); }

base::Bytes Process::output() const { return state_->supervision.output(); }

std::optional<int> Process::processes() const { return state_->supervision.processes(); }

base::Result<RunReport> Process::finish() && { return state_->supervision.finish(); }

namespace {

base::Result<RunReport> follow(base::Result<Process> process) {
  if (!process) return base::fail(std::move(process).error());
  for (;;) {
    JUDGE_TRY(const Process::Wake wake, process->wait(-1, std::nullopt));
    if (wake == Process::Wake::ended) return std::move(*process).finish();
  }
}

}  // namespace

base::Result<RunReport> run(const Host& host, const Program& program, const Limits& limits) {
  return follow(Process::start(host, program, limits));
}

Cell::Cell(const Host& host) : host_{&host}, state_{std::make_shared<CellState>()} {
  state_->pool = host.state_->pool;
}

base::Result<Process> Cell::start(const Program& program, const Limits& limits) {
  return Process::start(*host_, program, limits, state_);
}

base::Result<RunReport> Cell::run(const Program& program, const Limits& limits) {
  return follow(start(program, limits));
}

}  // namespace sandbox
