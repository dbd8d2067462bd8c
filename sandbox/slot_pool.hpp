// SlotPool: the slots of one Host that wait for a program. Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "sandbox/base/result.hpp"
#include "sandbox/slot.hpp"

namespace sandbox {

class SlotPool {
 public:
  // One that has waited, or a new one. A launcher that somebody has killed is started again.
  base::Result<std::unique_ptr<Slot>> take(const Host::State& host, const Program& program,
                                           const cgroup::GroupLimits& limits);
  // After a run that is over. What is not fit for another one is destroyed.
  void give_back(std::unique_ptr<Slot> slot);

  // Ends the slots that wait.
  void drop_waiting();
  // Ends every slot, also those in use; what is taken later is new.
  void kill();

 private:
  std::unique_ptr<Slot> take_waiting(const std::string& key);
  base::Result<std::shared_ptr<LauncherProcess>> launcher();

  std::mutex mutex_;
  std::shared_ptr<LauncherProcess> launcher_;
  std::vector<std::unique_ptr<Slot>> waiting_;  // the one used last stands at the end
};

}  // namespace sandbox
