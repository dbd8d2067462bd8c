#include "sandbox/one_processor.hpp"

#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <thread>

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using sandbox::OneProcessor;

namespace {

using Clock = std::chrono::steady_clock;

int processors_of(pid_t thread) {
  cpu_set_t set{};
  return ::sched_getaffinity(thread, sizeof set, &set) == 0 ? CPU_COUNT(&set) : -1;
}

// Sleeps until it is killed.
class Sleeper {
 public:
  Sleeper() : pid_{::fork()} {
    while (pid_ == 0) ::pause();
  }
  ~Sleeper() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  Sleeper(const Sleeper&) = delete;
  Sleeper& operator=(const Sleeper&) = delete;
  Sleeper(Sleeper&&) = delete;
  Sleeper& operator=(Sleeper&&) = delete;
  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  pid_t pid_;
};

bool has_several() {
  if (processors_of(0) > 1) return true;
  std::puts("SKIPPED: there is one processor only");
  return false;
}

}  // namespace

TEST_SUITE("sandbox/one_processor") {
  TEST_CASE("caller and program share a processor, from time to time the caller is let loose") {
    if (!has_several()) return;
    const int all = processors_of(0);
    const Sleeper program;
    const auto now = Clock::now();
    {
      OneProcessor one;
      one.keep_together(program.pid(), now);
      CHECK(processors_of(0) == 1);
      CHECK(processors_of(program.pid()) == 1);
      one.keep_together(program.pid(), now + OneProcessor::kStay);
      CHECK(processors_of(0) == all);
      one.keep_together(program.pid(), now + OneProcessor::kStay);
      CHECK(processors_of(0) == 1);
    }
    CHECK(processors_of(0) == all);
  }

  TEST_CASE("who is bound to one processor, or waits for nobody, stays as it is") {
    if (!has_several()) return;
    const int all = processors_of(0);
    OneProcessor one;
    one.keep_together(0, Clock::now());
    CHECK(processors_of(0) == all);
    std::thread{[] {
      cpu_set_t set{};
      ::sched_getaffinity(0, sizeof set, &set);
      int last = CPU_SETSIZE - 1;
      while (!CPU_ISSET(static_cast<std::size_t>(last), &set)) --last;
      CPU_ZERO(&set);
      CPU_SET(static_cast<std::size_t>(last), &set);
      ::sched_setaffinity(0, sizeof set, &set);
      const Sleeper program;
      OneProcessor bound;
      bound.keep_together(program.pid(), Clock::now());
      bound.release();
      CHECK(processors_of(0) == 1);
    }}.join();
  }

  TEST_CASE("a program that is gone changes nothing") {
    if (!has_several()) return;
    const int all = processors_of(0);
    pid_t gone = 0;
    {
      const Sleeper program;
      gone = program.pid();
    }
    OneProcessor one;
    one.keep_together(gone, Clock::now());
    CHECK(processors_of(0) == all);
  }
}
