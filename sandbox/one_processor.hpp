// OneProcessor: keeps the calling thread and the main thread of a program on the same processor
// while they talk. Why: they take turns, so a second processor gains nothing, and waking one that
// sleeps costs more than the answer (in virtual machines several times as much).
// The choice is the kernel's: every kStay the caller is let loose for one turn, and where it wakes
// up both stay. So several pairs spread over the processors that are free, and none is chosen that
// the caller may not use (cpusets, sched_setaffinity(2)). With one processor there is nothing to
// do; what the kernel refuses is left as it was.
#pragma once

#include <sys/types.h>

#include <chrono>

namespace sandbox {

class OneProcessor {
 public:
  static constexpr std::chrono::milliseconds kStay{50};

  OneProcessor() = default;
  OneProcessor(OneProcessor&& other) noexcept;
  OneProcessor& operator=(OneProcessor&& other) = delete;
  OneProcessor(const OneProcessor&) = delete;
  OneProcessor& operator=(const OneProcessor&) = delete;
  ~OneProcessor() { release(); }

  // Before the caller waits for the program. Threads that the program starts stay with its main
  // one.
  void keep_together(pid_t program, std::chrono::steady_clock::time_point now);
  // The caller may run anywhere again.
  void release();

 private:
  static constexpr int kNone = -1;
  int processor_ = kNone;
  std::chrono::steady_clock::time_point until_{};
};

}  // namespace sandbox
