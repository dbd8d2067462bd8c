// launch: from a program's description to its first instruction. What it leaves running is handed
// over whole.
#pragma once

#include <memory>

#include "sandbox/bare/path_map.hpp"
#include "sandbox/base/result.hpp"
#include "sandbox/base/unique_fd.hpp"
#include "sandbox/host_state.hpp"
#include "sandbox/limits.hpp"
#include "sandbox/program.hpp"
#include "sandbox/slot_pool.hpp"
#include "sandbox/time/clocked_run.hpp"
#include "sandbox/time/preloaded_run.hpp"

namespace sandbox {

// What a Cell keeps between two runs.
struct CellState {
  ~CellState();
  // A run in the namespaces of the run before is possible only for the same files.
  [[nodiscard]] bool suits(const Program& program) const;

  std::shared_ptr<SlotPool> pool;
  std::unique_ptr<Slot> slot;  // null: none, or in use
  std::vector<File> files;
};

struct Launched {
  Launched() = default;
  Launched(Launched&&) = default;
  Launched& operator=(Launched&&) = default;
  Launched(const Launched&) = delete;
  Launched& operator=(const Launched&) = delete;
  // A slot whose run is over goes back to its cell, or to its pool; any other is destroyed with all
  // that runs.
  ~Launched();

  std::shared_ptr<SlotPool> pool;
  std::unique_ptr<Slot> slot;
  std::shared_ptr<CellState> cell;  // null: none
  bool is_over = false;             // the slot has said so, and lives
  bool is_unchanged = false;        // what a cell needs
  bool is_again = false;            // its init has had runs before
  PathMap paths;                    // what its names inside are called where it runs
  base::UniqueFd listener;  // seccomp's; not open when forbidden calls are killed by the kernel
  std::unique_ptr<time::ClockedRun> clocked;      // has the listener, for a program under a clock
  std::unique_ptr<time::PreloadedRun> preloaded;  // for one under a clock in mode `preload`
  base::UniqueFd input;                           // not open when there is none
  base::UniqueFd output;
  base::UniqueFd error;
};

// A program without arguments is a rehearsal: everything is done but the execve, then it exits with
// 0.
base::Result<Launched> launch(const Host::State& host, const Program& program, const Limits& limits,
                              std::shared_ptr<CellState> cell = nullptr);

// What launch() gets for a program: in mode `preload` it has to find more than its caller has said,
// and needs room for it.
struct Dressed {
  Program program;
  Limits limits;
  std::unique_ptr<time::PreloadedRun> preloaded;  // null: in any other mode
};
base::Result<Dressed> dress(const Program& program, const Limits& limits);
// Once it has been launched.
void follow_clock(Launched& launched, std::unique_ptr<time::PreloadedRun> preloaded);

}  // namespace sandbox
