// ThreadTable: the threads of one run, and whether all of them are asleep.
//
// A thread is seen asleep by its state in /proc/<pid>/task/<tid>/stat (proc(5)), where waiting for
// a disk does not count. (.../syscall would be faster to read, but calls a thread asleep that is
// being woken on another processor.) One look is not enough: a thread can be woken by another one
// that was looked at before and falls asleep meanwhile. So the looks are bracketed by the counters
// of
// .../schedstat, which change whenever a thread has run: if all were asleep, each at some moment,
// and none has run from the first look to the last, then all were asleep together. Who wakes up
// then was woken from outside.
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
  // `init` is the parent of everything in the run, sooner or later; not one of its threads itself.
  explicit ThreadTable(pid_t init) : init_{init} {}

  // Processes may come that the table cannot know of, until everything sleeps.
  void note_change() { changed_ = true; }

  // Also those that wait for the caller: a signal may have come for one.
  bool are_all_asleep();

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
    base::UniqueFd syscall;
    base::UniqueFd schedstat;
    std::string counters;  // of schedstat, when it was last read
  };

  [[nodiscard]] bool has_new_threads() const;
  bool have_run();
  void read_again();
  void read_process(pid_t pid, std::vector<Process>& processes, std::vector<Thread>& threads,
                    std::vector<pid_t>& waiting);

  pid_t init_;
  pid_t main_ = 0;  // the first that there was
  bool changed_ = true;
  bool others_ran_ = false;
  std::vector<Process> processes_;
  std::vector<Thread> threads_;
};

}  // namespace sandbox::time
