// Limits: what one run may use. Every field is chosen by the caller; nothing has a default.
// Units and clocks stand in the types; what happens at each limit stands in RunReport::ended_by.
#pragma once

#include <chrono>

#include "sandbox/base/bytes.hpp"

namespace sandbox {

struct Limits {
  // User plus system time of the whole process tree, dead children included.
  std::chrono::milliseconds cpu;
  // CLOCK_MONOTONIC, counted only while the caller waits for the program (Process::wait): a caller
  // busy elsewhere costs the program nothing.
  std::chrono::milliseconds wall;
  // Of the whole tree, with its files in the scratch space and Program::files.
  base::Bytes memory;
  // Captured standard output and standard error together.
  base::Bytes output;
  // Processes and threads alive at once, the sandbox's own init not counted.
  int processes;
  int open_files;
  // Largest single file the program may write.
  base::Bytes file_size;
  // Size of the scratch file system (/tmp and /dev/shm together) and how many files it may hold.
  base::Bytes scratch;
  int scratch_inodes;
  // Of the main thread; also what threads get by default. Where memory is limited by RLIMIT_DATA,
  // threads' default is at most 8 MiB, because their stacks count as data.
  base::Bytes stack;
};

}  // namespace sandbox
