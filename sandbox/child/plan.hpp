// Plan: everything the child needs between clone and exec, prepared by the caller so that the child
// never allocates. All pointers point into memory of the caller, which the child sees as its own
// copy.
#pragma once

#include <linux/filter.h>
#include <sys/resource.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <span>

#include "sandbox/setup_step.hpp"

namespace sandbox::child {

// One thing to make in the new root, in order.
struct RootEntry {
  enum class Kind { folder, file, link, bind };
  Kind kind = Kind::folder;
  const char* path = nullptr;     // relative to the new root: no leading slash
  mode_t mode = 0;                // folder, file
  const char* content = nullptr;  // file: bytes; link: where it points
  std::size_t size = 0;           // file
  const char* source = nullptr;   // bind: path on the host
  int tree = -1;  // bind: detached copy of the source's mount; -1: the child opens `source`
  bool is_folder = false;              // bind: what has to stand at `path` to mount upon
  std::uint64_t mount_attributes = 0;  // bind: MOUNT_ATTR_*, set on the whole subtree
};

struct FdMove {
  int source;  // the child replaces it when it makes room
  int number;
};

struct ResourceLimit {
  int resource;
  rlimit value;
};

// Ids as seen inside. With `range` init and payload differ; without, both are the one id that is
// mapped.
struct Identity {
  bool range = false;
  uid_t init = 0;
  uid_t payload = 0;
};

struct Plan {
  // Descriptors. `go` is the lifeline: one byte starts the work, hang-up means that the caller is
  // gone.
  int go = -1;
  int setup =
      -1;  // SetupMessage, from init and payload; hung up once the program has been executed
  int status = -1;                // InitMessage, from init alone
  std::span<const int> kept;      // ascending: all that init keeps open before it forks the payload
  std::span<FdMove> descriptors;  // of the payload; ascending by `number`, 0 to 2 always there
  int highest_number = 2;

  std::span<const int> groups;  // `tasks` of the control groups of version 1, to enter first of all

  Identity identity;

  std::span<RootEntry> root;           // the child fills in `tree` where it opens the source itself
  const char* root_options = nullptr;  // of the root tmpfs: size, nr_inodes, mode
  const char* scratch_options = nullptr;  // of the tmpfs behind /tmp and /dev/shm
  const char* proc_options = nullptr;     // null: /proc stays an empty folder

  std::span<const ResourceLimit> limits;
  sock_fprog filter{};
  bool listener = false;  // the filter hands forbidden calls to the caller, by a descriptor sent
                          // with SetupMessage

  const char* working_directory = nullptr;
  // arguments[0] is the path. Null: a rehearsal, which does everything but the execve and exits
  // with 0.
  char* const* arguments = nullptr;
  char* const* environment = nullptr;
  std::span<const char* const> artifacts;
};

// On `setup`: either one failure, or `ready` right before execve, then a failure of execve itself
// or hang-up. With `ready` come the payload's pidfd and, if there is one, the listener.
struct SetupMessage {
  enum class Kind : std::uint32_t { failed, ready };
  Kind kind;
  SetupStep step;
  std::int32_t code;    // errno
  std::int32_t object;  // index into Plan::root, or -1
};

// On `status`: `ended` once, then one `artifact` for each one planned, with the open file attached
// when code is 0.
struct InitMessage {
  enum class Kind : std::uint32_t { ended, artifact };
  Kind kind;
  std::int32_t code;    // ended: wait status; artifact: errno
  std::int32_t object;  // artifact: index into Plan::artifacts
};

// The whole life of pid 1: builds the root, forks the payload, reaps, reports, ends.
[[noreturn]] void run_init(const Plan& plan);

// The rest of the payload's set-up, then the program.
[[noreturn]] void run_payload(const Plan& plan);

// Leaves the process in the new root, sealed. Reports the failing step itself.
void build_root(const Plan& plan);

// Names the step to the caller and ends the process.
[[noreturn]] void give_up(const Plan& plan, SetupStep step, int code, int object = -1);

// Sends one message, with at most kMostAttached descriptors.
constexpr std::size_t kMostAttached = 2;
void send_message(int socket, const void* message, std::size_t size,
                  std::span<const int> attached = {});

// Closes every descriptor that is not in `kept` (ascending).
void close_all_but(std::span<const int> kept);

}  // namespace sandbox::child
