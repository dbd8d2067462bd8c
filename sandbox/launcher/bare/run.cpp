// Init of a run in a bare slot: no pid 1, but told when the slot dies, and all orphans come to it.
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "sandbox/launcher/bare/bare.hpp"
#include "sandbox/launcher/system_call.hpp"

namespace sandbox::launcher {
namespace {

void check(const Run& run, SetupStep step, long result) {
  if (result < 0) fail_run(run, step, result);
}

// The slot's death comes as the order to stop: a signal that can be handled, so that init ends the
// program, and then everything else, before it goes itself.
void stop_with_slot(const Run& run) {
  check(run, SetupStep::die_with_parent, call(SYS_prctl, PR_SET_PDEATHSIG, kStopSignal, 0, 0, 0));
  if (call(SYS_getppid) != run.slot->pid) end_process(0);
}

// Read-only for the program by owner (as root), by mode, and by Landlock.
void make_files(const Run& run) {
  for (const wire::Folder& folder : run.folders) {
    check(run, SetupStep::make_run_folder,
          call(SYS_mkdirat, AT_FDCWD, run.block.text(folder.path), 0755));
  }
  write_files(run);
  check(run, SetupStep::make_run_folder, call(SYS_mkdirat, AT_FDCWD, run.scratch, 0700));
  if (run.slot->identity.range == 0) return;
  const std::uint32_t id = run.slot->identity.payload;
  check(run, SetupStep::make_run_folder, call(SYS_fchownat, AT_FDCWD, run.scratch, id, id, 0));
}

bool make_readable(int folder, const char* path, open_how how) {
  how.flags = O_PATH | O_NOFOLLOW | O_CLOEXEC;
  const long fd = call(SYS_openat2, folder, path, &how, sizeof how);
  if (fd < 0) return false;
  char name[48];  // leads to what is open, whatever stands at `path` by now
  (void)std::snprintf(name, sizeof name, "/proc/self/fd/%ld", fd);
  const long changed = call(SYS_fchmodat, AT_FDCWD, name, 0600);
  close_fd(static_cast<int>(fd));
  return changed == 0;
}

}  // namespace

void begin_bare_run(Run& run) {
  check(run, SetupStep::die_with_parent, become_reaper());
  stop_with_slot(run);
  run.reaper = {enter_signal_scope(run.slot->landlock), run.slot->reaper.user};
  make_files(run);
}

long open_in_folder(const Slot& slot, const char* path, open_how how) {
  const std::size_t size = std::strlen(slot.folder_path);
  if (std::strncmp(path, slot.folder_path, size) != 0 || path[size] != '/') return -ENOENT;
  const long folder =
      call(SYS_openat, AT_FDCWD, slot.folder_path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0) return folder;
  how.resolve |= RESOLVE_BENEATH;
  const char* below = path + size + 1;
  long fd = call(SYS_openat2, folder, below, &how, sizeof how);
  if (fd == -EACCES && make_readable(static_cast<int>(folder), below, how)) {
    fd = call(SYS_openat2, folder, below, &how, sizeof how);
  }
  close_fd(static_cast<int>(folder));
  return fd;
}

}  // namespace sandbox::launcher
