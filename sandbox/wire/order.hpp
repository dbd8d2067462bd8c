// Orders: what the caller's side asks the launcher and its slots to do, as flat blocks that need no
// allocation to read. A block starts with a SlotOrder or RunOrder; everything else is found from
// there by offsets, which Block (block.hpp) checks. Both ends are built together, so there is no
// version and no byte order; who sends is known, but what is read is checked all the same.
#pragma once

#include <linux/filter.h>

#include <cstddef>
#include <cstdint>

#include "sandbox/wire/setup_step.hpp"

namespace sandbox::wire {

// `size` bytes at `offset`, followed by a zero byte; as large as the pointer that it becomes.
struct Text {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};

// `count` elements at `offset`.
struct Table {
  std::uint32_t offset = 0;
  std::uint32_t count = 0;
};

// What stands between a program and the host.
enum class Walls : std::uint32_t {
  namespaces,  // a view of its own of everything
  landlock,    // the host's own view, most of it out of reach: a bare slot
};

// Ids from here on are handed out to programs, where the host has so many, and to nobody else: the
// range that systemd's "Users, Groups, UIDs and GIDs" table leaves to the host's administrator.
inline constexpr std::uint32_t kFirstHighId = 0x70000000;

// Ids as seen inside. With `range` slot and payload differ; without, both are the one id that is
// mapped.
struct Identity {
  std::uint32_t range = 0;
  std::uint32_t slot = 0;
  std::uint32_t payload = 0;
};

// One thing to make in a slot's root, in order.
struct RootEntry {
  enum class Kind : std::uint32_t { folder, file, link, bind };
  Kind kind = Kind::folder;
  std::uint32_t mode = 0;              // folder, file
  Text path;                           // relative to the new root: no leading slash
  Text content;                        // file: bytes; link: where it points
  Text source;                         // bind: path on the host
  std::int32_t tree = -1;              // bind: which of the attached mounts; -1: open `source`
  std::uint32_t is_folder = 0;         // bind: what has to stand at `path` to mount upon
  std::uint64_t mount_attributes = 0;  // bind: MOUNT_ATTR_*, set on the whole subtree
};

// A message of its own to the launcher, the block follows it directly. Attached, in this order: the
// slot's socket, the region for orders, the version 2 group if there is one, `groups` files to
// enter version 1 groups by, `trees` detached mounts. A bare slot has no maps, root and entries.
struct SlotOrder {
  Walls walls = Walls::namespaces;
  Identity identity;
  Text folder;   // bare: to be made by the slot, for the files of its runs
  Text uid_map;  // for /proc/<pid>/uid_map
  Text gid_map;
  std::uint32_t deny_setgroups = 0;
  std::uint32_t has_unified_group = 0;
  std::uint32_t groups = 0;
  std::uint32_t trees = 0;
  std::uint32_t landlock = 0;  // version that the kernel has; 0: none
  Text root_options;           // of the root tmpfs: size, nr_inodes, mode
  Text proc_options;           // empty: /proc stays an empty folder
  Table entries;               // of RootEntry
};

// The launcher's answer, with the slot's pidfd attached when `code` is 0.
struct SlotReply {
  SetupStep step;
  std::int32_t code;  // errno
  std::int32_t pid;   // in the launcher's pid namespace
};

struct File {
  Text path;     // relative to the root
  Text content;  // of a folder: empty
  std::uint32_t mode = 0;
  std::uint32_t is_folder = 0;
};

// A file system in memory for files of the program, read-only once they are written.
struct Folder {
  Text path;     // relative to the root: one of the slot's empty folders
  Text options;  // size, nr_inodes, mode
};

// What a program of a bare slot may do with a file or everything below a folder of the host.
struct Reach {
  enum class Access : std::uint32_t { look, device, everything };  // look: read and execute
  Text path;
  Access access = Access::look;
};

struct ResourceLimit {
  std::uint64_t soft = 0;
  std::uint64_t hard = 0;
  std::uint32_t resource = 0;
  std::uint32_t unused = 0;
};

// At the start of the region that caller and slot share. Descriptors come with the Command, in the
// order of `numbers`; without `has_input` there is none for 0, which becomes the sandbox's own
// /dev/null (the host's could not be opened again by name).
struct RunOrder {
  Table arguments;    // of Text, with one more element for the terminating null; empty: rehearsal,
                      // which does everything but the execve and exits with 0
  Table environment;  // the same
  Table folders;      // of Folder
  Table files;        // of File, parents before what they hold
  Table limits;       // of ResourceLimit
  Table artifacts;    // of Text
  Table numbers;      // of int32: descriptors of the payload, ascending, 0 to 2 always there
  Table filter;       // of sock_filter
  Text working_directory;
  Text scratch_options;        // of the tmpfs behind /tmp and /dev/shm
  Text scratch;                // bare: the folder that stands in for them
  Table reach;                 // bare: of Reach
  std::uint32_t listener = 0;  // the filter hands forbidden calls to the caller
  std::uint32_t has_input = 0;
  std::uint32_t early_listener = 0;  // the caller has to answer calls before `started`: execve
  std::uint32_t keep = 0;  // init stays for `again`; those find the files that this run has
};

// Caller to slot.
struct Command {
  enum class Kind : std::uint32_t {
    run,    // the order is in the region, `size` bytes of it
    again,  // the same, in the namespaces of the run before, which was ordered with `keep`
    leave,  // no more `again`: the namespaces can go; nothing is answered
    stop,   // the payload is to be killed; init goes on and reports
    kill,   // everything of the run is to be killed, init too
  };
  Kind kind;
  std::uint32_t size;
};

// Slot to caller. Of a slot: `slot_ready` or `failed`. Of a run: `filtered`, when that was asked
// for; `failed` or `started` (both `filtered` and `started` with the filter's listener attached,
// when there is one); `ended`, when the program has ended but there is
// more to do; one `artifact` for each one asked for (with the open file attached when code is 0).
// Always at last: `over`.
struct Notice {
  enum class Kind : std::uint32_t {
    slot_ready,
    failed,
    filtered,
    started,
    ended,
    artifact,
    over,
  };
  Kind kind;
  SetupStep step;            // failed
  std::int32_t code;         // failed, artifact: errno; ended, over: the program's wait status
  std::int32_t object;       // failed: index of a RootEntry or File, -1: none; artifact: index;
                             // over: kStatusKnown, kUnchanged
  std::int64_t cpu_user_us;  // over: of everything that was waited for
  std::int64_t cpu_system_us;
  std::int64_t largest_rss;  // over: in bytes, of the largest process that was waited for
};

// Notice::object of `over`: init was not killed before it knew the wait status; the scratch space
// is as empty as it was, so that `again` may follow.
constexpr std::int32_t kStatusKnown = 1;
constexpr std::int32_t kUnchanged = 2;

constexpr std::size_t kMostDescriptors = 128;  // attached to one message; the kernel takes 253
constexpr std::size_t kLargestSlotOrder = 96 * 1024;

}  // namespace sandbox::wire
