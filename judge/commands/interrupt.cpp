#include "judge/commands/interrupt.hpp"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <utility>

namespace judge {
namespace {

constexpr int kStop = SIGUSR1;  // from our own destructor: nothing happened, the thread may end

std::atomic<bool> interrupted = false;

// Those that the caller does not want us to react to (nohup, a shell's background job) stay
// ignored.
sigset_t watched() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int each : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction action {};
    const bool ignored = ::sigaction(each, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
    if (!ignored) sigaddset(&signals, each);
  }
  sigaddset(&signals, kStop);
  return signals;
}

void watch(const sigset_t& signals, const std::function<void()>& clean_up) {
  int signal = 0;
  if (::sigwait(&signals, &signal) != 0 || signal == kStop) return;
  interrupted = true;
  clean_up();
  // End as the signal would have ended us, so that a shell sees the truth.
  (void)::signal(signal, SIG_DFL);
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, signal);
  ::pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
  (void)::kill(::getpid(), signal);
  ::_exit(128 + signal);
}

}  // namespace

void Interrupt::hold_back() {
  const sigset_t signals = watched();
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

Interrupt::Interrupt(std::function<void()> clean_up) {
  const sigset_t signals = watched();
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  watcher_ = std::thread{[signals, clean_up = std::move(clean_up)] { watch(signals, clean_up); }};
}

Interrupt::~Interrupt() {
  ::pthread_kill(watcher_.native_handle(), kStop);
  watcher_.join();
}

void Interrupt::stay_if_interrupted() {
  while (interrupted) ::pause();
}

}  // namespace judge
