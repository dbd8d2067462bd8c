// The mounts: a fresh root in memory, with read-only views of the host where the plan wants them.
// Every path below the new root is relative to the working directory: nothing hostile has run yet,
// so plain paths do.
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "sandbox/child/plan.hpp"

namespace sandbox::child {
namespace {

// Where the new root is put for the moment; it disappears with the old root.
constexpr const char* kStage = "/tmp";
constexpr const char* kScratch = ".scratch";
constexpr unsigned long kTmpfsFlags = MS_NOSUID | MS_NODEV;

void make_folder(const Plan& plan, const char* path, mode_t mode, int object) {
  if (::mkdir(path, mode) < 0 && errno != EEXIST) {
    give_up(plan, SetupStep::make_folder, errno, object);
  }
}

void write_file(const Plan& plan, const RootEntry& entry, int object) {
  const int fd = ::open(entry.path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) give_up(plan, SetupStep::write_file, errno, object);
  for (std::size_t done = 0; done < entry.size;) {
    const ssize_t wrote = ::write(fd, entry.content + done, entry.size - done);
    if (wrote < 0) give_up(plan, SetupStep::write_file, errno, object);
    done += static_cast<std::size_t>(wrote);
  }
  if (::fchmod(fd, entry.mode) < 0) give_up(plan, SetupStep::write_file, errno, object);
  (void)::close(fd);
}

void bind(const Plan& plan, const RootEntry& entry, int object) {
  if (entry.is_folder) {
    make_folder(plan, entry.path, 0755, object);
  } else {
    const int fd = ::open(entry.path, O_RDONLY | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0444);
    if (fd < 0) give_up(plan, SetupStep::bind, errno, object);
    (void)::close(fd);
  }
  mount_attr attributes{};
  attributes.attr_set = entry.mount_attributes;
  if (::mount_setattr(entry.tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes,
                      sizeof attributes) < 0 ||
      ::move_mount(entry.tree, "", AT_FDCWD, entry.path, MOVE_MOUNT_F_EMPTY_PATH) < 0) {
    give_up(plan, SetupStep::bind, errno, object);
  }
  (void)::close(entry.tree);
}

// What the caller could not open for us (only root may clone a mount outside a new namespace).
// Before anything is mounted, so that no source is hidden.
void open_missing_binds(const Plan& plan) {
  for (std::size_t i = 0; i < plan.root.size(); ++i) {
    RootEntry& entry = plan.root[i];
    if (entry.kind != RootEntry::Kind::bind || entry.tree >= 0) continue;
    entry.tree = ::open_tree(AT_FDCWD, entry.source,
                             static_cast<unsigned>(OPEN_TREE_CLONE | O_CLOEXEC | AT_RECURSIVE));
    if (entry.tree < 0) give_up(plan, SetupStep::open_bind_inside, errno, static_cast<int>(i));
  }
}

void make_entries(const Plan& plan) {
  for (std::size_t i = 0; i < plan.root.size(); ++i) {
    const RootEntry& entry = plan.root[i];
    const int object = static_cast<int>(i);
    switch (entry.kind) {
      case RootEntry::Kind::folder:
        make_folder(plan, entry.path, entry.mode, object);
        break;
      case RootEntry::Kind::file:
        write_file(plan, entry, object);
        break;
      case RootEntry::Kind::bind:
        bind(plan, entry, object);
        break;
      case RootEntry::Kind::link:
        if (::symlink(entry.content, entry.path) < 0) {
          give_up(plan, SetupStep::make_link, errno, object);
        }
        break;
    }
  }
}

// /tmp and /dev/shm are two folders of one tmpfs, so that they share one cap on bytes and files.
void mount_scratch(const Plan& plan) {
  const auto check = [&](bool worked) {
    if (!worked) give_up(plan, SetupStep::mount_scratch, errno);
  };
  check(::mkdir(kScratch, 0700) == 0);
  check(::mount("scratch", kScratch, "tmpfs", kTmpfsFlags, plan.scratch_options) == 0);
  check(::mkdir(".scratch/tmp", 01777) == 0 && ::mkdir(".scratch/shm", 01777) == 0);
  check(::mount(".scratch/tmp", "tmp", nullptr, MS_BIND, nullptr) == 0);
  check(::mount(".scratch/shm", "dev/shm", nullptr, MS_BIND, nullptr) == 0);
  check(::umount2(kScratch, MNT_DETACH) == 0 && ::rmdir(kScratch) == 0);
}

}  // namespace

void build_root(const Plan& plan) {
  (void)::umask(0);
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0) {
    give_up(plan, SetupStep::private_mounts, errno);
  }
  open_missing_binds(plan);
  if (::mount("root", kStage, "tmpfs", kTmpfsFlags, plan.root_options) < 0 || ::chdir(kStage) < 0) {
    give_up(plan, SetupStep::mount_root, errno);
  }
  make_entries(plan);
  mount_scratch(plan);
  if (plan.proc_options != nullptr &&
      ::mount("proc", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, plan.proc_options) < 0) {
    give_up(plan, SetupStep::mount_proc, errno);
  }
  // Old and new root change places on the same spot; then the old one is taken off from above the
  // new one.
  if (::syscall(SYS_pivot_root, ".", ".") < 0) give_up(plan, SetupStep::pivot_root, errno);
  if (::umount2(".", MNT_DETACH) < 0 || ::chdir("/") < 0) {
    give_up(plan, SetupStep::detach_old_root, errno);
  }
  if (::mount(nullptr, "/", nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY | kTmpfsFlags, nullptr) < 0) {
    give_up(plan, SetupStep::seal_root, errno);
  }
}

}  // namespace sandbox::child
