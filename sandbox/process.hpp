// Process: one program running isolated under limits, from start to report.
// Passive: nothing happens between calls except inside the sandbox; no threads. One owner, one
// thread at a time. Destroying it kills the whole tree and removes what it made.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/base/result.hpp"
#include "sandbox/host.hpp"
#include "sandbox/limits.hpp"
#include "sandbox/program.hpp"
#include "sandbox/run_report.hpp"

namespace sandbox {

struct CellState;

class Process {
 public:
  // Returns once the program has been executed, or the Error that names the set-up step and errno.
  static base::Result<Process> start(const Host& host, const Program& program,
                                     const Limits& limits);

  Process(Process&&) noexcept;
  Process& operator=(Process&&) noexcept;
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  enum class Wake { channel_ready, ended, timeout };

  // Blocks until `channel` (a descriptor of the caller, -1: none) is readable or hung up, the
  // program has ended by itself or by a limit, or `timeout` has passed. Meanwhile feeds standard
  // input, drains both outputs and enforces the limits. `channel_ready` is preferred over `ended`
  // when both hold, so that last words are read.
  base::Result<Wake> wait(int channel, std::optional<std::chrono::milliseconds> timeout);

  // Of a program under a virtual clock, whose main thread waits for the caller: blocks until no
  // thread of it has anything to do before time passes, which it does not meanwhile. Then, whether
  // any thread but the main one has run since this was last asked.
  enum class Rest { others_ran, others_slept, ended };
  base::Result<Rest> wait_until_still();

  // How the program itself calls what Program calls by this absolute path: for callers who tell it
  // paths later on. The same with namespaces; elsewhere see Tier::d.
  [[nodiscard]] std::string path_inside(std::string_view path) const;

  // The wall limit counts from here: for programs that are asked one thing after the other.
  void renew_wall();

  // Captured so far, both outputs together.
  [[nodiscard]] base::Bytes output() const;

  // CPU time of the tree so far.
  [[nodiscard]] std::chrono::microseconds cpu_used() const;

  // Processes of the tree that live now, threads counted each, and a few of the sandbox's own;
  // nothing where no control group counts them.
  [[nodiscard]] std::optional<int> processes() const;

  // Ends what still runs (then EndedBy::caller, unless the program had ended before), waits until
  // nothing of the tree is left, removes what was made, and returns the facts. Once.
  base::Result<RunReport> finish() &&;

 private:
  friend class Cell;
  struct State;
  static base::Result<Process> start(const Host& host, const Program& program, const Limits& limits,
                                     std::shared_ptr<CellState> cell);
  explicit Process(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Cell: one place for several runs that need not be kept apart from each other, e.g. the examples
// that one program is tried on: they share namespaces, and start faster for it. Every run still
// begins with empty scratch space and no process but its own; where that cannot be had, or files or
// binds differ from the run before, it gets a fresh place unasked. One run at a time, each ended
// before the next begins.
class Cell {
 public:
  explicit Cell(const Host& host);
  base::Result<Process> start(const Program& program, const Limits& limits);
  // start, wait to the end, finish.
  base::Result<RunReport> run(const Program& program, const Limits& limits);

 private:
  const Host* host_;
  std::shared_ptr<CellState> state_;
};

// start, wait to the end, finish.
base::Result<RunReport> run(const Host& host, const Program& program, const Limits& limits);

}  // namespace sandbox
