// What a run adds to its slot's view: scratch space, the program's files, its own processes.
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include <cstring>

#include "sandbox/launcher/run.hpp"
#include "sandbox/launcher/system_call.hpp"

namespace sandbox::launcher {
namespace {

constexpr unsigned long kTmpfsFlags = MS_NOSUID | MS_NODEV;

// /tmp and /dev/shm are two folders of one tmpfs, so that they share one cap on bytes and files.
// Its own root stays mounted where /proc will cover it: taking it off would cost a grace period.
void mount_scratch(const Run& run) {
  const auto check = [&](long result) {
    if (result < 0) fail_run(run, SetupStep::mount_scratch, result);
  };
  check(call(SYS_mount, "scratch", "/proc", "tmpfs", kTmpfsFlags, run.scratch_options));
  check(call(SYS_mkdirat, AT_FDCWD, "/proc/tmp", 01777));
  check(call(SYS_mkdirat, AT_FDCWD, "/proc/shm", 01777));
  check(call(SYS_mount, "/proc/tmp", "/tmp", nullptr, MS_BIND, nullptr));
  check(call(SYS_mount, "/proc/shm", "/dev/shm", nullptr, MS_BIND, nullptr));
  if (run.slot->proc_options == nullptr) check(call(SYS_umount2, "/proc", MNT_DETACH));
}

void write_file(const Run& run, const wire::File& file, int object) {
  const auto check = [&](long result) {
    if (result < 0) fail_run(run, SetupStep::write_file, result, object);
    return result;
  };
  const char* content = run.block.text(file.content);
  const auto fd = static_cast<int>(
      check(call(SYS_openat, AT_FDCWD, run.block.text(file.path),
                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, file.mode)));
  for (std::uint32_t done = 0; done < file.content.size;) {
    done += static_cast<std::uint32_t>(
        check(call(SYS_write, fd, content + done, file.content.size - done)));
  }
  close_fd(fd);
}

void mount_files(const Run& run) {
  const auto check = [&](SetupStep step, long result, int object) {
    if (result < 0) fail_run(run, step, result, object);
  };
  for (const wire::Folder& folder : run.folders) {
    check(SetupStep::mount_files,
          call(SYS_mount, "files", run.block.text(folder.path), "tmpfs", kTmpfsFlags,
               run.block.text(folder.options)),
          -1);
  }
  write_files(run);
  for (const wire::Folder& folder : run.folders) {
    check(SetupStep::mount_files,
          call(SYS_mount, nullptr, run.block.text(folder.path), nullptr,
               MS_REMOUNT | MS_BIND | MS_RDONLY | kTmpfsFlags, nullptr),
          -1);
  }
}

bool is_as_made(const char* folder) {
  struct stat about {};
  if (::stat(folder, &about) < 0 || about.st_nlink != 2 || (about.st_mode & 07777) != 01777) {
    return false;
  }
  const long fd = call(SYS_openat, AT_FDCWD, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return false;
  alignas(8) char entries[512];
  const long size = call(SYS_getdents64, fd, entries, sizeof entries);
  close_fd(static_cast<int>(fd));
  constexpr long kDotAndDotDot = 2 * 24;  // the smallest records of linux_dirent64, getdents(2)
  return size == kDotAndDotDot;
}

}  // namespace

bool is_scratch_unchanged() { return is_as_made("/tmp") && is_as_made("/dev/shm"); }
void write_files(const Run& run) {
  for (std::size_t i = 0; i < run.files.size(); ++i) {
    const wire::File& file = run.files[i];
    const int object = static_cast<int>(i);
    if (file.is_folder == 0) {
      write_file(run, file, object);
      continue;
    }
    const long made = call(SYS_mkdirat, AT_FDCWD, run.block.text(file.path), file.mode);
    if (made < 0) fail_run(run, SetupStep::make_folder, made, object);
  }
}

void mount_run(const Run& run) {
  mount_scratch(run);
  mount_files(run);
  if (run.slot->proc_options == nullptr) return;
  const long mounted = call(SYS_mount, "proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC,
                            run.slot->proc_options);
  if (mounted < 0) fail_run(run, SetupStep::mount_proc, mounted);
}

}  // namespace sandbox::launcher
