// PreloadedRun: one run under a virtual clock in mode `preload`: a library inside the program
// (preload/) tells for which moment its threads wait, and lets them go on when the clock has come
// there. Whether all are at rest is looked at from outside, and the clock is moved from here alone;
// what a program writes on its page decides when it is woken and nothing else.
// One process lives on the clock. Those that it makes live in real time, and while one of them
// does, the clock stands still.
#pragma once

#include <poll.h>
#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "sandbox/base/result.hpp"
#include "sandbox/base/unique_fd.hpp"
#include "sandbox/limits.hpp"
#include "sandbox/program.hpp"
#include "sandbox/time/clock_memory.hpp"
#include "sandbox/time/thread_table.hpp"
#include "sandbox/time/virtual_clock.hpp"

namespace sandbox::time {

class PreloadedRun {
 public:
  // Error::Kind::invalid_input when the clock has a run already: there it can have one.
  static base::Result<std::unique_ptr<PreloadedRun>> join(std::shared_ptr<VirtualClock> clock);
  PreloadedRun(const PreloadedRun&) = delete;
  PreloadedRun& operator=(const PreloadedRun&) = delete;
  ~PreloadedRun();

  // What the program must find: the library, where its pages are, room for its thread.
  void dress(Program& program) const;
  static void dress(Limits& limits) { limits.processes += 1; }

  // It has been executed; everything that runs is a descendant of init.
  void begin(pid_t init);

  // A process has taken the clock over. A program that is linked statically, or in which no library
  // can be loaded beforehand, never does.
  [[nodiscard]] bool is_taken_over() const { return waits_.load(&WaitPage::owner) != 0; }

 private:
  friend class VirtualClock;
  PreloadedRun(std::shared_ptr<VirtualClock> clock, base::UniqueFd bell, base::UniqueFd their_bell,
               base::UniqueFd memory, SharedPage<WaitPage> waits);

  // ---- for the clock ----
  [[nodiscard]] int bell() const { return bell_.get(); }
  // As VirtualClock::attend().
  base::Status attend(int channel);

  // Whether the program has rung since it was last asked this.
  [[nodiscard]] bool has_rung() const;
  [[nodiscard]] std::optional<std::uint64_t> next_moment() const;
  bool is_at_rest();
  void jump(std::uint64_t moment);
  void wake();

  std::shared_ptr<VirtualClock> clock_;
  base::UniqueFd bell_;
  base::UniqueFd their_bell_;
  base::UniqueFd memory_;
  SharedPage<WaitPage> waits_;
  std::optional<ThreadTable> threads_;  // once it runs
  std::optional<std::uint64_t> last_jump_;
};

}  // namespace sandbox::time
