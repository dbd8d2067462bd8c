// Pidfd: owns one child process of ours, from birth (clone3 with CLONE_PIDFD) until it is reaped.
// Why: a pid number may be reused, a pidfd never points at another process. pidfd_open(2),
// waitid(2). Destroying it neither kills nor reaps: the owner decides which.
#pragma once

#include <sys/types.h>

#include <chrono>

#include "sandbox/base/result.hpp"
#include "sandbox/base/unique_fd.hpp"

namespace base {

// What the kernel says about a reaped child. The CPU times include the descendants that were waited
// for.
struct Reaped {
  int status = 0;  // as wait(2) encodes it: exit code in bits 8-15, or the signal in bits 0-6
  std::chrono::microseconds cpu_user{};
  std::chrono::microseconds cpu_system{};
};

class Pidfd {
 public:
  Pidfd() = default;
  explicit Pidfd(UniqueFd fd) noexcept : fd_{std::move(fd)} {}

  [[nodiscard]] bool is_open() const noexcept { return fd_.is_open(); }
  // Readable (poll) once the process has ended.
  [[nodiscard]] int get() const noexcept { return fd_.get(); }

  [[nodiscard]] bool has_ended() const;

  // A process that has ended already is no error.
  [[nodiscard]] Status send_signal(int signal) const;

  // Blocks until the process has ended and removes its last trace. Once.
  Result<Reaped> reap();

 private:
  UniqueFd fd_;
};

}  // namespace base
