// LauncherProcess: the launcher as its caller sees it. Started once per Host, from memory; it and
// everything that it made ends when this is destroyed, or when the calling process ends in any way.
// Thread-safe: orders are served one at a time.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>

#include "sandbox/base/pidfd.hpp"
#include "sandbox/base/result.hpp"
#include "sandbox/base/unique_fd.hpp"

namespace sandbox {

class LauncherProcess {
 public:
  static base::Result<std::unique_ptr<LauncherProcess>> start();
  LauncherProcess(const LauncherProcess&) = delete;
  LauncherProcess& operator=(const LauncherProcess&) = delete;
  ~LauncherProcess();

  struct Made {
    base::Pidfd pidfd;
    pid_t pid;  // as seen from here, for /proc alone
  };
  // `block` starts with a wire::SlotOrder. The error names the step that failed.
  base::Result<Made> make_slot(std::string_view block, std::span<const int> attached);

  // From now on it has slots that nobody ends but itself: kill() asks it to, and waits a while.
  void expect_bare_slots() { has_bare_slots_ = true; }

  // Ends it and all slots at once; safe from any thread.
  void kill() const;

  [[nodiscard]] bool is_alive() const { return !process_.has_ended(); }

 private:
  LauncherProcess(base::Pidfd process, base::UniqueFd control);

  base::Pidfd process_;
  base::UniqueFd control_;
  std::mutex orders_;
  std::atomic<bool> has_bare_slots_ = false;
};

}  // namespace sandbox
