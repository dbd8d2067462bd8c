// Host: what this machine can enforce, found out once by doing, never by version.
#pragma once

#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "sandbox/base/result.hpp"
#include "sandbox/run_report.hpp"
#include "sandbox/tier.hpp"
#include "sandbox/time_mode.hpp"

namespace sandbox {

// One line of `doctor`: what was tried, whether it worked, and what to do about it when not.
struct Finding {
  enum class Level { works, weaker, missing };
  Level level;
  std::string subject;  // "user namespaces"
  std::string detail;   // "as root, mapped to an unprivileged id"
  std::string advice;   // empty when it works
};

// Holds back mechanisms that the host may have: for tests, and for comparing them. What it leaves
// is still probed.
struct ProbeOptions {
  enum class ControlGroups { any, v1_only, v2_only, none };
  ControlGroups control_groups = ControlGroups::any;
  // Without the listener a forbidden system call still ends the run, but cannot be named.
  bool use_listener = true;
  // No mechanism of a better tier is used; Tier::d means no control groups either.
  Tier best = Tier::a;
  // At most this version of Landlock.
  unsigned landlock = std::numeric_limits<unsigned>::max();
  // No better way to make time virtual.
  TimeMode best_time = TimeMode::notified;
};

// What `doctor` prints: the findings also where isolation is impossible.
std::vector<Finding> examine_host(const ProbeOptions& options = {});

class Host {
 public:
  // Tries each mechanism. Error::Kind::cannot_isolate, with the failing step and what to do, when
  // programs cannot be isolated here at all.
  static base::Result<Host> probe(const ProbeOptions& options = {});

  Host(Host&&) noexcept;
  Host& operator=(Host&&) noexcept;
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  ~Host();

  [[nodiscard]] Tier tier() const;
  [[nodiscard]] const Enforced& enforced() const;
  [[nodiscard]] const std::vector<Finding>& findings() const;

  // The best way to make programs live under a virtual clock here (Program::clock), found out by
  // running one at the first call.
  [[nodiscard]] TimeMode time_mode() const;
  // Whether there is one at all. The Error says what is in the way.
  [[nodiscard]] base::Status can_virtualise_time() const;

  // Ends what is kept ready for programs to come. Never needed: for callers that want to see that
  // nothing else is there, or that will not run anything for long.
  void rest() const;

  // For a process that is about to end while others of its threads run programs: ends those and
  // removes their control groups. Programs started meanwhile die with this process, as always.
  void abandon_runs() const;

  struct State;  // internal to this room: host_state.hpp

 private:
  friend std::vector<Finding> examine_host(const ProbeOptions& options);
  friend class Cell;
  friend class Process;
  explicit Host(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace sandbox
