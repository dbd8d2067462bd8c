// ClockedRun: one run under a virtual clock, from its filter to its end: what it asks, who of it
// sleeps, and how much time it has spun away.
#pragma once

#include <linux/seccomp.h>
#include <poll.h>
#include <sys/types.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sandbox/base/result.hpp"
#include "sandbox/base/unique_fd.hpp"
#include "sandbox/time/alarms.hpp"
#include "sandbox/time/clock_memory.hpp"
#include "sandbox/time/thread_table.hpp"
#include "sandbox/time/virtual_clock.hpp"
#include "sandbox/time/wait.hpp"

namespace sandbox::time {

// A thread that waits for our answer.
struct Parked {
  ClockedRun* run;
  seccomp_notif call;
  Wait wait;
};

class ClockedRun {
 public:
  // `listener` is of a filter with special_calls().
  static base::Result<std::unique_ptr<ClockedRun>> join(std::shared_ptr<VirtualClock> clock,
                                                        base::UniqueFd listener);
  ClockedRun(const ClockedRun&) = delete;
  ClockedRun& operator=(const ClockedRun&) = delete;
  ~ClockedRun();

  [[nodiscard]] VirtualClock& clock() const { return *clock_; }

  // 0: not known yet.
  [[nodiscard]] pid_t main_thread() const { return threads_ ? threads_->main_thread() : 0; }
  // ThreadTable::take_others_ran().
  bool take_others_ran() { return threads_ && threads_->take_others_ran(); }

  // The call that the program has made and never may, if it has. Its thread is held.
  struct Forbidden {
    std::uint32_t architecture;
    int number;
  };
  [[nodiscard]] const std::optional<Forbidden>& forbidden() const { return forbidden_; }

 private:
  friend class VirtualClock;
  ClockedRun(std::shared_ptr<VirtualClock> clock, base::UniqueFd listener,
             base::UniqueFd spin_memory, SharedPage<SpinPage> spin);

  // ---- for the clock ----

  // -1: nobody has the filter any more.
  [[nodiscard]] int listener() const { return listener_.get(); }
  // Takes one call and answers it or parks its thread. `ready`: what poll(2) says of the listener.
  base::Status take_call(short ready);
  // False: the thread does not wait any more, a signal or its end has come.
  [[nodiscard]] bool is_waiting(const Parked& parked) const;
  void note_interrupted(const Parked& parked);
  void let_kernel_answer(const Parked& parked) const;
  void answer(const seccomp_notif& call, long result) const;
  [[nodiscard]] bool are_asleep_at_a_glance(pid_t last_asker) const;
  bool are_all_asleep();
  bool are_still_asleep();
  Alarms& alarms() { return alarms_; }
  // It has never started another.
  [[nodiscard]] bool has_one_process() const { return !has_forked_; }
  // Time that the program has made pass by asking for it.
  [[nodiscard]] std::uint64_t spun() const;
  void reset_spun() const;

  [[nodiscard]] Now now() const;
  base::Status take_call(const seccomp_notif& call);
  base::Status execute(const seccomp_notif& call);
  [[nodiscard]] long tell_time(const seccomp_notif& call) const;
  void take_wait(const seccomp_notif& call);

  std::shared_ptr<VirtualClock> clock_;
  base::UniqueFd listener_;
  base::UniqueFd spin_memory_;
  SharedPage<SpinPage> spin_;
  std::optional<ThreadTable> threads_;  // once a call has told who it is
  // Calls that a signal has ended, by thread. The kernel may make them again.
  std::map<pid_t, seccomp_data> interrupted_;
  Alarms alarms_;
  bool has_forked_ = false;
  std::optional<Forbidden> forbidden_;
};

}  // namespace sandbox::time
