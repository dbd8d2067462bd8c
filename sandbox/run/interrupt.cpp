#include "sandbox/run/interrupt.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>

namespace sandbox_run {
namespace {

sigset_t watched() {
  sigset_t signals;
  ::sigemptyset(&signals);
  for (const int each : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction action {};
    const bool ignored = ::sigaction(each, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
    if (!ignored) ::sigaddset(&signals, each);
  }
  return signals;
}

}  // namespace

base::Result<Interrupt> Interrupt::hold_back() {
  const sigset_t signals = watched();
  base::UniqueFd fd{::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK)};
  if (!fd.is_open()) return base::system_failure("signalfd", errno);
  sigset_t before;
  (void)::pthread_sigmask(SIG_BLOCK, &signals, &before);  // fails for a wrong first argument alone
  return Interrupt{std::move(fd), before};
}

Interrupt::Interrupt(Interrupt&& other) noexcept
    : fd_{std::move(other.fd_)}, before_{other.before_} {}

Interrupt::~Interrupt() {
  if (fd_.is_open()) (void)::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

std::optional<int> Interrupt::signal() const {
  signalfd_siginfo information{};
  if (::read(fd_.get(), &information, sizeof information) != sizeof information) return {};
  return static_cast<int>(information.ssi_signo);
}

void end_by(int signal) {
  (void)::signal(signal, SIG_DFL);
  sigset_t one;
  ::sigemptyset(&one);
  ::sigaddset(&one, signal);
  (void)::pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
  (void)::raise(signal);
  ::_exit(128 + signal);
}

}  // namespace sandbox_run
