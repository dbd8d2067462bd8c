// RunReport: the facts of one run. No judgement: whether a fact is good or bad is decided
// elsewhere.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/base/bytes.hpp"

namespace sandbox {

// How the main process ended.
struct Exit {
  enum class Kind { exited, signaled };
  Kind kind;
  int value;  // exit code, or signal number

  bool operator==(const Exit&) const = default;
};

// What ended the run, when it was not the program itself.
enum class EndedBy {
  program,
  cpu_limit,
  wall_limit,
  memory_limit,
  output_limit,
  forbidden_syscall,
  process_limit,  // only where it is watched; elsewhere making one more fails
  scratch_limit,  // the same
  caller
};

struct Usage {
  std::chrono::microseconds cpu_user{};    // whole tree
  std::chrono::microseconds cpu_system{};  // whole tree
  std::chrono::microseconds wall{};        // as Limits::wall counts it
  base::Bytes peak_memory;                 // whole tree
  base::Bytes output;  // bytes written to standard output and error, also those past the limit

  // Adds a further run: times and output add up, the peak is the larger of both.
  Usage& operator+=(const Usage& other) {
    cpu_user += other.cpu_user;
    cpu_system += other.cpu_system;
    wall += other.wall;
    peak_memory = std::max(peak_memory, other.peak_memory);
    output = base::Bytes{output.count() + other.output.count()};
    return *this;
  }
};

// By which mechanism each promise was kept on this host; the words go to reports as they are.
struct Enforced {
  std::string tier;       // "A" to "D", see tier.hpp
  std::string isolation;  // "namespaces", "landlock"
  std::string memory;     // "cgroup-v2", "cgroup-v1", "rlimit-data+sampling"
  std::string cpu;        // "cgroup-v2", "cgroup-v1", "sampling+rlimit"
  std::string processes;  // "cgroup-v2", "cgroup-v1", "rlimit-nproc", "sampling"
  std::string time;       // "virtual" or "preload" under a clock that is kept, else "real"

  bool operator==(const Enforced&) const = default;
};

struct CollectedArtifact {
  std::string path;
  std::optional<std::string> content;  // nothing: absent, not a regular file, or above its limit
  std::string why_absent;
};

struct RunReport {
  Exit exit{Exit::Kind::exited, 0};
  EndedBy ended_by = EndedBy::program;
  bool out_of_memory = false;  // the kernel killed something in the tree for want of memory
  std::optional<std::string> forbidden_syscall;  // its name, when one ended the run
  Usage usage;
  Enforced enforced;
  std::string standard_output;  // at most Limits::output bytes, hostile
  std::string standard_error;   // the same
  std::vector<CollectedArtifact> artifacts;
};

}  // namespace sandbox
