// Interrupt: Ctrl-C, SIGTERM and SIGHUP leave nothing behind.
// Programs die with the judge whatever happens (the kernel sees to that); what would stay are their
// control groups. So the signals are blocked everywhere and taken by one thread, which cleans up
// and then lets the signal end the process.
#pragma once

#include <functional>
#include <thread>

namespace judge {

class Interrupt {
 public:
  // Call before anything is made that a clean-up would have to take away: until an Interrupt
  // exists, signals wait.
  static void hold_back();

  // Construct before any other thread exists: they inherit the blocked signals. `clean_up` runs
  // once, in a thread of its own, while the others still run.
  explicit Interrupt(std::function<void()> clean_up);
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();

  // Call when work has ended, before its result is told: once a signal has come, results are those
  // of programs that were killed, so this never returns and the process ends.
  static void stay_if_interrupted();

 private:
  std::thread watcher_;
};

}  // namespace judge
