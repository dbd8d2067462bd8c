// VirtualClock: the time of one or several programs, moved by their waiting and nothing else. When
// all of them are at rest (every thread waits, and nothing that it waits for is there), time jumps
// to the earliest moment that one waits for, and only that one goes on. An hour's sleep takes as
// long as a few system calls, and equal programs see equal times in every run.
// One thread at a time; those who supervise programs under the clock drive it (attend()).
#pragma once

#include <poll.h>
#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "sandbox/base/result.hpp"
#include "sandbox/time_mode.hpp"

namespace sandbox::time {

class ClockedRun;
struct ClockMemory;
class PreloadedRun;
struct Parked;

class VirtualClock {
 public:
  using Nanoseconds = std::chrono::nanoseconds;

  // `mode`: how programs are made to live on it; of TimeMode::real there is no clock.
  static base::Result<std::shared_ptr<VirtualClock>> make(TimeMode mode = TimeMode::notified);
  // What CLOCK_MONOTONIC and CLOCK_REALTIME say at first; the latter since 1970,
  // 2026-01-01T00:00:00Z, so that equal runs see equal dates.
  static constexpr Nanoseconds kMonotonicStart = std::chrono::seconds{1000};
  static constexpr Nanoseconds kRealtimeStart = std::chrono::seconds{1'767'225'600};

  VirtualClock(const VirtualClock&) = delete;
  VirtualClock& operator=(const VirtualClock&) = delete;
  ~VirtualClock();

  [[nodiscard]] TimeMode mode() const { return mode_; }
  // Whether the program that runs under it lives on it. In mode `preload` that is up to the
  // program.
  [[nodiscard]] bool is_kept() const;

  // Since the clock was made.
  [[nodiscard]] Nanoseconds now() const;
  // What CLOCK_REALTIME says, since 1970.
  [[nodiscard]] Nanoseconds realtime() const;
  // Sets that forward, while the programs are at rest; what lies behind it is not set. No timer
  // goes off, as none does that counts from now when clock_settime(2) is called; one that waits for
  // a moment of this clock (TFD_TIMER_ABSTIME, FUTEX_CLOCK_REALTIME) still waits as long as before.
  void set_realtime(Nanoseconds since_1970);
  // Lets so much time pass at once: for a caller who knows that the program rests and that nothing
  // of it will do anything before. False, and nothing has passed: something is asked or waited for
  // all the same, or there are several runs, or processes.
  [[nodiscard]] bool pass(Nanoseconds time);
  // The part of it that programs have spent asking for the time without ever resting. Equal runs
  // may then differ, if more than one thread ran.
  [[nodiscard]] Nanoseconds spun() const { return spun_; }
  // How often time has jumped.
  [[nodiscard]] std::uint64_t jumps() const { return jumps_; }

  // ---- for those who supervise ----

  // Everything whose readiness could matter to attend().
  void append_watched(std::vector<pollfd>& fds) const;
  // How long nothing needs to be attended to, should nothing be ready.
  [[nodiscard]] Nanoseconds patience() const { return patience_; }
  // Nothing needs to be attended to before something watched is ready.
  [[nodiscard]] bool is_patient() const { return patience_ == kForever; }
  // Takes what the programs ask, answers what is due, lets time jump. Never blocks for long.
  // `channel`: where a program answers its caller (-1: nowhere); as long as an answer lies there,
  // the program waits for the caller and time does not jump.
  base::Status attend(int channel = -1);

  // From now on until release() time does not jump, and is_still() tells whether the latest
  // attend() has seen all programs at rest.
  void hold();
  [[nodiscard]] bool is_still() const { return still_; }
  void release() { held_ = false; }

 private:
  friend class ClockedRun;
  friend class PreloadedRun;
  VirtualClock(TimeMode mode, std::unique_ptr<ClockMemory> memory);

  // Between looks at programs of which somebody runs: doubled from look to look, as long as nothing
  // happens.
  static constexpr Nanoseconds kShortestPatience = std::chrono::microseconds{20};
  static constexpr Nanoseconds kLongestPatience = std::chrono::microseconds{1000};
  static constexpr Nanoseconds kForever = std::chrono::hours{24};
  // Of taking what is ready, before others get their turn.
  static constexpr int kMostRounds = 16;
  // At most what a program can spin away between two rests: who writes more has not counted.
  [[nodiscard]] static std::uint64_t bounded(std::uint64_t spun);

  [[nodiscard]] static bool is_answer_waiting(int channel);
  struct Ready {
    bool calls = false;
    bool waits = false;  // some need not wait any more
  };
  Ready what_is_ready();
  base::Status take_calls();
  bool answer_ready();
  bool answer_overdue();
  bool forget_interrupted();
  bool are_all_at_rest();
  [[nodiscard]] std::optional<std::uint64_t> next_moment() const;
  void jump();
  void take_spun();

  TimeMode mode_;
  std::unique_ptr<ClockMemory> memory_;
  PreloadedRun* preloaded_ = nullptr;  // in that mode, while it runs
  std::vector<ClockedRun*> runs_;
  std::vector<Parked> parked_;  // in the order of their calls
  pid_t last_asker_ = 0;        // since anybody was last answered; 0: there is none
  std::vector<pollfd> polled_;  // append_watched(), as what_is_ready() has seen it
  Nanoseconds spun_{};
  std::uint64_t jumps_ = 0;
  bool held_ = false;
  bool still_ = false;
  Nanoseconds patience_;
};

}  // namespace sandbox::time
