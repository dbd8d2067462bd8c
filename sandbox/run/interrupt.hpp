// Interrupt: SIGINT, SIGTERM and SIGHUP as something to wait for, so that whoever waits for the
// program can end it, tell what it had written, and leave nothing behind. While an object lives
// they are held back; afterwards they act as before. What the caller of sandbox-run had ignored
// (nohup, a background job) stays ignored.
#pragma once

#include <signal.h>

#include <optional>

#include "sandbox/base/result.hpp"
#include "sandbox/base/unique_fd.hpp"

namespace sandbox_run {

class Interrupt {
 public:
  static base::Result<Interrupt> hold_back();

  Interrupt(Interrupt&& other) noexcept;
  Interrupt& operator=(Interrupt&&) = delete;
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();

  // Readable once a signal has come.
  [[nodiscard]] int fd() const { return fd_.get(); }
  // The first signal that has come; does not wait.
  [[nodiscard]] std::optional<int> signal() const;

 private:
  Interrupt(base::UniqueFd fd, const sigset_t& before) : fd_{std::move(fd)}, before_{before} {}

  base::UniqueFd fd_;
  sigset_t before_;
};

// Ends this process as `signal` would have, so that a shell sees the truth.
[[noreturn]] void end_by(int signal);

}  // namespace sandbox_run
