// sandbox-run: the sandbox for people and scripts. Wires everything by hand and chooses the exit
// code.
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/process.hpp"
#include "sandbox/run/command_line.hpp"
#include "sandbox/run/deliver.hpp"
#include "sandbox/run/doctor.hpp"
#include "sandbox/run/ending.hpp"
#include "sandbox/run/execute.hpp"
#include "sandbox/run/prepare.hpp"

namespace {

using namespace sandbox_run;

int tell(const Failure& failure) {
  say(failure.message);
  return failure.code;
}

int run_command(const Request& request) {
  const auto program = prepare(request);
  if (!program) return tell(program.error());
  const auto report_file = open_report(request);
  if (!report_file) return tell(report_file.error());
  const auto ended = execute(request, *program);
  if (!ended) return tell(ended.error());
  if (ended->report) {
    if (const auto delivered = deliver(*ended->report, request, *report_file); !delivered) {
      return tell(delivered.error());
    }
  }
  if (ended->signal) end_by(*ended->signal);
  return exit_code(*ended->report);
}

int run_doctor(const Request& request) {
  const auto host = sandbox::Host::probe({.best = request.best});
  if (!host) {
    std::cout << findings_text(sandbox::examine_host()) << "\n" << tier_table({});
    return kOwnFailure;
  }
  const sandbox::Enforced& enforced = host->enforced();
  std::cout << findings_text(host->findings()) << "\n" << tier_table(host->tier()) << "\n";
  std::cout << "Programs run isolated by " << enforced.isolation << "; memory is limited by "
            << enforced.memory << ", CPU time by " << enforced.cpu << ", processes by "
            << enforced.processes << ".\n";
  const auto reached = check_tier(*host, request);
  return reached ? 0 : tell(reached.error());
}

int run_main(const std::vector<std::string>& words) {
  const auto request = parse_command_line(words);
  if (!request) return tell(Failure{kOwnFailure, request.error().message()});
  switch (request->action) {
    case Request::Action::run:
      return run_command(*request);
    case Request::Action::doctor:
      return run_doctor(*request);
    case Request::Action::help:
      std::cout << help_text();
      return 0;
    case Request::Action::version:
      std::cout << "sandbox-run " << JUDGE_VERSION << "\n";
      return 0;
  }
  return kOwnFailure;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run_main({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    say(std::string{"a failure of our own: "} + error.what());
    return kOwnFailure;
  }
}
