// A slot: a process in namespaces of its own with the system's view as root, made once, which
// starts runs one after the other. Init and payload of a run share its memory until the program is
// executed, so nothing here allocates, and what one of them leaves in `Slot` the others see.
#pragma once

#include <array>
#include <cstddef>

#include "sandbox/launcher/bare/tree.hpp"
#include "sandbox/launcher/message.hpp"
#include "sandbox/wire/block.hpp"
#include "sandbox/wire/order.hpp"

namespace sandbox::launcher {

struct Slot {
  wire::Identity identity;
  unsigned landlock = 0;               // version; 0: none
  const char* proc_options = nullptr;  // null: no /proc
  int socket = -1;                     // to the caller
  int wake = -1;                       // eventfd: init has begun another run
  char* region = nullptr;              // holds the order of the run under way
  std::size_t region_size = 0;
  // Of a bare slot, which has no namespaces (bare/bare.hpp).
  pid_t pid = 0;      // 0: not bare
  int launcher = -1;  // pidfd; elsewhere the kernel ends the slot with it
  int folder = -1;    // locked as long as the slot lives
  const char* folder_path = nullptr;
  Reaper reaper;  // the slot's own
  [[nodiscard]] bool is_bare() const { return pid != 0; }
};

// What the launcher's message held, checked.
struct SlotParts {
  wire::Block block;
  wire::SlotOrder* order;
  int go;  // one byte arrives when the ids are mapped; hung up: the launcher is gone
  int socket;
  int region;
  std::span<const int> groups;
  std::span<const int> trees;
  long launcher = 0;  // its pid
};

// The whole life of a slot.
[[noreturn]] void run_slot(const SlotParts& parts);

// Nothing started from here can ever hold more than the slot's own capabilities, and nothing
// executed gets any of them.
void bound_capabilities(const SlotParts& parts);

// Leaves the process in the new root, sealed. Names the failing step to the caller and ends.
void build_root(const SlotParts& parts);

[[noreturn]] void fail_slot(int socket, SetupStep step, long code, int object = -1);

}  // namespace sandbox::launcher
