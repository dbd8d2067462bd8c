// ThreadTable: the threads of one run, and whether all of them are asleep.
//
// A thread is seen asleep by its state in /proc/<pid>/task/<tid>/stat (proc(5)), where waiting for
// a disk does not count. (.../syscall would be faster to read, but calls a thread asleep that is
// being woken on another processor.) One look is not enough: a thread can be woken by another one
// that was looked at before and falls asleep meanwhile. So the looks are bracketed by the counters
// of .../schedstat, which change when a thread begins to run and when it ends: if all were asleep,
// each at some moment, and none has run from the first look to the last, then all were asleep
// together. Who wakes up then was woken from outside.
// Two things the counters do not tell: that a thread was woken and still waits for a processor, and
// that one has not left its processor yet although it is asleep by its state (wait4(2) looks for
// children in that state). So those that have run are looked at before those that they may have
// woken, twice where they may have woken each other, and not before they have left their
// processors:
// .../syscall waits for that.
//
// Most often only one thread has run since all were asleep, and it has asked the caller to wait,
// who has not answered: from the moment that the question was taken that thread does nothing. If
// all others are asleep at some moment after that and have never run since they were known to be,
// then all were asleep at the moment of the question. So a glance is enough: one look at the
// others, and after it one at their counters. The same holds when several have asked; but the last
// of them may have sent a signal to one that had asked before, so those are looked at, too.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/base/unique_fd.hpp"

namespace sandbox::time {

class ThreadTable {
 public:
  // How the table learns of new processes: from note_change(), or by looking for them each time.
  enum class NewProcesses { are_noted, are_looked_for };
  // `init` is the parent of everything in the run, sooner or later; not one of its threads itself.
  explicit ThreadTable(pid_t init, NewProcesses news = NewProcesses::are_noted)
      : init_{init}, news_{news} {}

  // Processes may come that the table cannot know of, until everything sleeps.
  void note_change() { changed_ = true; }

  // Also those that wait for the caller: a signal may have come for one.
  bool are_all_asleep();

  // The same, with fewer looks, if nobody has run since then but threads that now ask: that wait
  // for an answer of the caller, who is to see afterwards that they still do. False: not known.
  struct Askers {
    std::span<const pid_t> all;  // in this table
    pid_t last;                  // of all tables, after anybody was answered
  };
  [[nodiscard]] bool are_asleep_at_a_glance(const Askers& askers) const;
  // After that: whether nobody has woken up since, as a program of another table may have woken it.
  bool are_still_asleep();

  // Processes that have not ended, as are_all_asleep() has just seen them.
  [[nodiscard]] std::size_t count_living() const;

  // Of the program; 0: not seen yet.
  [[nodiscard]] pid_t main_thread() const { return main_; }

  // Whether any thread but the main one of the program has run, come or gone between the looks at
  // all of them since this was last asked.
  bool take_others_ran() { return std::exchange(others_ran_, false); }

  // The process that a thread belongs to, as a pidfd (-1: it is gone), and its id.
  struct Owner {
    pid_t process = 0;
    int pidfd = -1;
  };
  Owner owner_of(pid_t thread);

 private:
  struct Process {
    pid_t pid;
    base::UniqueFd threads;  // the folder /proc/<pid>/task
    base::UniqueFd pidfd;
    unsigned thread_count = 0;
  };
  struct Thread {
    pid_t tid;
    pid_t process;
    base::UniqueFd stat;
    base::UniqueFd wchan;  // open where it is exact
    base::UniqueFd syscall;
    base::UniqueFd schedstat;
    base::UniqueFd children;  // open where new processes are looked for
    std::string counters;     // of schedstat, when it was last read
    bool has_stirred = true;  // has run since all were asleep
  };

  // Since its counters were last read.
  [[nodiscard]] static bool has_run(const Thread& thread);
  enum class Stirred { yes, no };
  [[nodiscard]] bool are_asleep(Stirred which) const;
  [[nodiscard]] bool has_new_threads() const;
  [[nodiscard]] bool has_new_processes() const;
  // Reads again; whether there are processes that it had not read about.
  bool knows_too_few();
  bool have_run();
  void read_again();
  void read_process(pid_t pid, std::vector<Process>& processes, std::vector<Thread>& threads,
                    std::vector<pid_t>& waiting);

  pid_t init_;
  NewProcesses news_;
  base::UniqueFd children_;  // of init: also those whose parents have ended
  pid_t main_ = 0;           // the first that there was
  bool changed_ = true;
  bool others_ran_ = false;
  std::vector<Process> processes_;
  std::vector<Thread> threads_;
};

}  // namespace sandbox::time
