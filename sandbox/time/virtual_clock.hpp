// VirtualClock: the time of one or several programs, moved by their waiting and nothing else. When
// all of them are at rest (every thread waits, and nothing that it waits for is there), time jumps
// to the earliest moment that one waits for, and only that one goes on. An hour's sleep takes as
// long as a few system calls, and equal programs see equal times in every run.
// One thread at a time; those who supervise programs under the clock drive it (attend()).
#pragma once

#include <poll.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "sandbox/base/result.hpp"

namespace sandbox::time {

class ClockedRun;
struct ClockMemory;
struct Parked;

class VirtualClock {
 public:
  using Nanoseconds = std::chrono::nanoseconds;

  static base::Result<std::shared_ptr<VirtualClock>> make();
  // What CLOCK_MONOTONIC and CLOCK_REALTIME say at first; the latter since 1970,
  // 2026-01-01T00:00:00Z, so that equal runs see equal dates.
  static constexpr Nanoseconds kMonotonicStart = std::chrono::seconds{1000};
  static constexpr Nanoseconds kRealtimeStart = std::chrono::seconds{1'767'225'600};

  VirtualClock(const VirtualClock&) = delete;
  VirtualClock& operator=(const VirtualClock&) = delete;
  ~VirtualClock();

  // Since the clock was made.
  [[nodiscard]] Nanoseconds now() const;
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
  base::Status attend();

  // From now on until release() time does not jump, and is_still() tells whether the latest
  // attend() has seen all programs at rest.
  void hold();
  [[nodiscard]] bool is_still() const { return still_; }
  void release() { held_ = false; }

 private:
  friend class ClockedRun;
  static constexpr Nanoseconds kForever = std::chrono::hours{24};
  explicit VirtualClock(std::unique_ptr<ClockMemory> memory);

  base::Result<bool> take_calls();
  bool answer_ready();
  bool answer_overdue();
  bool are_all_at_rest();
  [[nodiscard]] std::optional<std::uint64_t> next_moment() const;
  void jump();
  void take_spun();

  std::unique_ptr<ClockMemory> memory_;
  std::vector<ClockedRun*> runs_;
  std::vector<Parked> parked_;  // in the order of their calls
  Nanoseconds spun_{};
  std::uint64_t jumps_ = 0;
  bool held_ = false;
  bool still_ = false;
  Nanoseconds patience_;
};

}  // namespace sandbox::time
