#include "sandbox/run/execute.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "sandbox/process.hpp"
#include "sandbox/run/doctor.hpp"

namespace sandbox_run {
namespace {

// What the sandbox says, as ours: it opens with "sandbox: " and ends with advice, of which that
// for execve is for callers in C++.
Failure to_failure(const base::Error& error) {
  constexpr std::string_view kPrefix = "sandbox: ";
  constexpr std::string_view kExecute = "execve: ";
  std::string message = error.message();
  if (message.starts_with(kPrefix)) message.erase(0, kPrefix.size());
  if (!message.starts_with(kExecute)) return Failure{kOwnFailure, std::move(message)};
  message.resize(message.rfind("); ") + 1);  // behind the name of the errno
  return Failure{kCannotExecute,
                 message +
                     "; the program and its interpreter must be there inside, and the mode must "
                     "let others read and execute them"};
}

tl::unexpected<Failure> failed(const base::Error& error) {
  return tl::unexpected<Failure>{to_failure(error)};
}

}  // namespace

Outcome<void> check_tier(const sandbox::Host& host, const Request& request) {
  if (host.tier() < request.best) {
    return refuse(kOwnFailure, "--tier: " + std::string{sandbox::name_of(request.best)} +
                                   " is not to be had here");
  }
  if (request.required && host.tier() > *request.required) {
    return refuse(kOwnFailure, tier_missed(host.tier(), *request.required, host.findings()));
  }
  return {};
}

Outcome<Ended> execute(const Request& request, const sandbox::Program& program) {
  const auto interrupt = Interrupt::hold_back();
  if (!interrupt) return failed(interrupt.error());
  const auto host = sandbox::Host::probe({.best = request.best});
  if (!host) return failed(host.error());
  if (auto reached = check_tier(*host, request); !reached) {
    return tl::unexpected{std::move(reached).error()};
  }
  if (const auto signal = interrupt->signal()) return Ended{{}, signal};
  auto process = sandbox::Process::start(*host, program, request.limits);
  if (!process) return failed(process.error());
  Ended ended;
  for (bool over = false; !over;) {
    const auto wake = process->wait(interrupt->fd(), std::nullopt);
    if (!wake) return failed(wake.error());
    if (*wake == sandbox::Process::Wake::channel_ready) ended.signal = interrupt->signal();
    over = ended.signal.has_value() || *wake == sandbox::Process::Wake::ended;
  }
  auto report = std::move(*process).finish();
  if (!report) return failed(report.error());
  ended.report = std::move(*report);
  return ended;
}

}  // namespace sandbox_run
