// A slot's mounts: a fresh root in memory, with read-only views of the host where the order wants
// them. Every path below the new root is relative to the working directory: nothing hostile runs
// yet, so plain paths do.
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstddef>

#include "sandbox/launcher/slot.hpp"
#include "sandbox/launcher/system_call.hpp"

namespace sandbox::launcher {
namespace {

// mount(2), whose header does not go together with the kernel's.
constexpr unsigned long kReadOnly = 1, kNoSetUid = 2, kNoDevices = 4, kNoExec = 8, kRemount = 32,
                        kBind = 4096, kRecursive = 16384, kPrivate = 1 << 18;
constexpr unsigned long kTmpfsFlags = kNoSetUid | kNoDevices;
constexpr int kDetach = 2;  // umount2(2)

// Where the new root is put for the moment; it disappears with the old root.
constexpr const char* kStage = "/tmp";

class RootBuilder {
 public:
  explicit RootBuilder(const SlotParts& parts) : parts_{parts} {}

  void open_missing_binds(std::span<wire::RootEntry> entries);
  void make(const wire::RootEntry& entry, int object);
  void check(SetupStep step, long result, int object = -1) const {
    if (result < 0) fail_slot(parts_.socket, step, result, object);
  }

 private:
  [[nodiscard]] const char* text(wire::Text text) const { return parts_.block.text(text); }
  [[nodiscard]] int tree_of(const wire::RootEntry& entry, int object) const {
    return entry.tree >= 0 ? parts_.trees[static_cast<std::size_t>(entry.tree)]
                           : opened_[static_cast<std::size_t>(object)];
  }
  void make_folder(const char* path, unsigned mode, int object) const;
  void write_file(const wire::RootEntry& entry, int object) const;
  void bind(const wire::RootEntry& entry, int object) const;

  const SlotParts& parts_;
  std::array<int, 512> opened_{};  // by entry
};

void RootBuilder::make_folder(const char* path, unsigned mode, int object) const {
  const long made = call(SYS_mkdirat, AT_FDCWD, path, mode);
  if (made != -EEXIST) check(SetupStep::make_folder, made, object);
}

void RootBuilder::write_file(const wire::RootEntry& entry, int object) const {
  const long fd = call(SYS_openat, AT_FDCWD, text(entry.path),
                       O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, entry.mode);
  check(SetupStep::write_file, fd, object);
  const long wrote = call(SYS_write, fd, text(entry.content), entry.content.size);
  check(SetupStep::write_file, wrote, object);
  if (wrote != entry.content.size) check(SetupStep::write_file, -ENOSPC, object);
  close_fd(static_cast<int>(fd));
}

void RootBuilder::bind(const wire::RootEntry& entry, int object) const {
  if (entry.is_folder != 0) {
    make_folder(text(entry.path), 0755, object);
  } else {
    const long fd = call(SYS_openat, AT_FDCWD, text(entry.path),
                         O_RDONLY | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0444);
    check(SetupStep::bind, fd, object);
    close_fd(static_cast<int>(fd));
  }
  mount_attr attributes{};
  attributes.attr_set = entry.mount_attributes;
  const int tree = tree_of(entry, object);
  check(SetupStep::bind,
        call(SYS_mount_setattr, tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes,
             sizeof attributes),
        object);
  check(SetupStep::bind,
        call(SYS_move_mount, tree, "", AT_FDCWD, text(entry.path), MOVE_MOUNT_F_EMPTY_PATH),
        object);
  close_fd(tree);
}

// What the caller could not open for us (only root may clone a mount outside a new namespace).
// Before anything is mounted, so that no source is hidden.
void RootBuilder::open_missing_binds(std::span<wire::RootEntry> entries) {
  if (entries.size() > opened_.size()) check(SetupStep::read_order, -E2BIG);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const wire::RootEntry& entry = entries[i];
    if (entry.kind != wire::RootEntry::Kind::bind || entry.tree >= 0) continue;
    const long tree = call(SYS_open_tree, AT_FDCWD, text(entry.source),
                           OPEN_TREE_CLONE | O_CLOEXEC | AT_RECURSIVE);
    check(SetupStep::open_bind_inside, tree, static_cast<int>(i));
    opened_[i] = static_cast<int>(tree);
  }
}

void RootBuilder::make(const wire::RootEntry& entry, int object) {
  switch (entry.kind) {
    case wire::RootEntry::Kind::folder:
      return make_folder(text(entry.path), entry.mode, object);
    case wire::RootEntry::Kind::file:
      return write_file(entry, object);
    case wire::RootEntry::Kind::bind:
      return bind(entry, object);
    case wire::RootEntry::Kind::link:
      return check(SetupStep::make_link,
                   call(SYS_symlinkat, text(entry.content), AT_FDCWD, text(entry.path)), object);
  }
}

}  // namespace

void build_root(const SlotParts& parts) {
  RootBuilder builder{parts};
  std::span<wire::RootEntry> entries;
  if (!parts.block.table(parts.order->entries, entries)) {
    builder.check(SetupStep::read_order, -EINVAL);
  }
  builder.check(SetupStep::private_mounts, call(SYS_umask, 0));
  builder.check(SetupStep::private_mounts,
                call(SYS_mount, nullptr, "/", nullptr, kRecursive | kPrivate, nullptr));
  builder.open_missing_binds(entries);
  builder.check(SetupStep::mount_root, call(SYS_mount, "root", kStage, "tmpfs", kTmpfsFlags,
                                            parts.block.text(parts.order->root_options)));
  builder.check(SetupStep::mount_root, call(SYS_chdir, kStage));
  for (std::size_t i = 0; i < entries.size(); ++i) builder.make(entries[i], static_cast<int>(i));
  // An ordinary user may mount a fresh /proc only where one is to be seen already.
  if (parts.order->proc_options.size > 0) {
    builder.check(SetupStep::mount_slot_proc,
                  call(SYS_mount, "proc", "proc", "proc", kTmpfsFlags | kNoExec,
                       parts.block.text(parts.order->proc_options)));
  }
  // Old and new root change places on the same spot; then the old one is taken off from above the
  // new one.
  builder.check(SetupStep::pivot_root, call(SYS_pivot_root, ".", "."));
  builder.check(SetupStep::detach_old_root, call(SYS_umount2, ".", kDetach));
  builder.check(SetupStep::detach_old_root, call(SYS_chdir, "/"));
  builder.check(SetupStep::seal_root, call(SYS_mount, nullptr, "/", nullptr,
                                           kRemount | kBind | kReadOnly | kTmpfsFlags, nullptr));
}

}  // namespace sandbox::launcher
