// A run: one program inside fresh pid, mount and ipc namespaces of a slot. Init is pid 1 of it.
#pragma once

#include <linux/filter.h>
#include <sys/resource.h>

#include <csignal>
#include <cstddef>
#include <optional>
#include <span>

#include "sandbox/launcher/slot.hpp"

namespace sandbox::launcher {

// Sent to init by the slot: end the payload. (Init cannot be told through the socket: it waits for
// its children.)
constexpr int kStopSignal = SIGUSR1;

// An order with pointers in place of offsets. Lives on the slot's stack, seen by init and payload.
struct Run {
  Slot* slot = nullptr;
  wire::Block block{nullptr, 0};
  char** arguments = nullptr;  // null: rehearsal
  char** environment = nullptr;
  std::span<wire::Folder> folders;
  std::span<wire::File> files;
  std::span<wire::ResourceLimit> limits;
  std::span<wire::Text> artifacts;
  std::span<const int> sources;  // descriptors, by `numbers`
  std::span<const std::int32_t> numbers;
  sock_fprog filter{};
  bool has_input = false;
  bool listener = false;
  bool early_listener = false;
  bool keep = false;
  const char* working_directory = nullptr;
  const char* scratch_options = nullptr;
  const char* scratch = nullptr;  // of a bare slot, as what follows
  std::span<wire::Reach> reach;
  Reaper reaper;               // init's
  int ruleset = -1;            // Landlock's; -1: none
  int wake = -1;               // the slot's
  int socket = -1;             // the slot's, where the program's descriptors leave room for it
  int listener_fd = -1;        // once the payload has its filter
  bool reported_over = false;  // by init, set before: what the caller sends next is for init
  bool report_sent = false;    // and after

  // What the payload could not do; init reports it, as the payload has no better way.
  struct Failure {
    SetupStep step;
    long code = 0;  // -errno; 0: none
  } failure{};
};

// Which step went wrong, if one did: the region cannot be grown to `size`, or the order is not what
// it says.
std::optional<SetupStep> prepare_run(Slot& slot, std::size_t size, const Received& received,
                                     Run& run);

// Starts init, which ends by itself when the run is over. Returns its pid or -errno.
long clone_init(Run& run, int& pidfd);

// Between the fork in init and the program's first instruction. Shares memory and descriptors with
// init until then; answers only on failure, which then stands in `run.failure`.
void become_program(Run& run);

// Moves a descriptor above all that the program will have; the new number or -errno.
long move_above(const Run& run, int fd);

// The last notice of a run; `known` as wire::Notice::object has it.
void report_over(const Run& run, std::int32_t known, int status, const rusage& usage);

// Reports and ends the process.
[[noreturn]] void fail_run(const Run& run, SetupStep step, long code, int object = -1);

// The file systems of one run, in its own mount namespace.
void mount_run(const Run& run);
// Whether scratch space is as mount_run() leaves it.
bool is_scratch_unchanged();
// The program's files and their folders, below folders that are there.
void write_files(const Run& run);

// Which files the program may reach, as Landlock takes it; -1 where the kernel has no Landlock.
int make_ruleset(const Run& run);
// By the payload of a bare slot: what it may read about itself in /proc. Its children may not: a
// rule is about files that are there, and theirs are not yet. -errno or 0.
long allow_own_facts(const Run& run);

}  // namespace sandbox::launcher
