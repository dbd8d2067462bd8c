// Tries: the call that its argument names, which only an attack makes.
// Must end: forbidden_syscall, by that name, before the next line is printed.
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

int main(int, char** arguments) {
  const auto is = [&](const char* name) { return std::strcmp(arguments[1], name) == 0; };
  if (is("mount")) (void)mount("none", "/tmp", "tmpfs", 0, nullptr);
  if (is("umount2")) (void)umount2("/proc", MNT_DETACH);
  if (is("pivot_root")) (void)syscall(SYS_pivot_root, "/tmp", "/tmp");
  if (is("open_tree")) (void)syscall(SYS_open_tree, -100, "/", 1);
  if (is("setns")) (void)syscall(SYS_setns, 0, 0);
  if (is("bpf")) (void)syscall(SYS_bpf, 0, nullptr, 0);
  if (is("init_module")) (void)syscall(SYS_init_module, nullptr, 0, "");
  if (is("kexec_load")) (void)syscall(SYS_kexec_load, 0, 0, nullptr, 0);
  if (is("process_vm_writev")) (void)syscall(SYS_process_vm_writev, 1, nullptr, 0, nullptr, 0, 0);
  if (is("reboot")) (void)syscall(SYS_reboot, 0, 0, 0, nullptr);
  // The rest with arguments that mean nothing: the number alone must decide.
  static constexpr struct {
    const char* name;
    long number;
  } kPlain[] = {
    {"acct", SYS_acct},
    {"delete_module", SYS_delete_module},
    {"finit_module", SYS_finit_module},
    {"fsconfig", SYS_fsconfig},
    {"fsmount", SYS_fsmount},
    {"fsopen", SYS_fsopen},
    {"fspick", SYS_fspick},
    {"kexec_file_load", SYS_kexec_file_load},
    {"mount_setattr", SYS_mount_setattr},
    {"move_mount", SYS_move_mount},
    {"open_by_handle_at", SYS_open_by_handle_at},
    {"quotactl", SYS_quotactl},
    {"quotactl_fd", SYS_quotactl_fd},
    {"swapoff", SYS_swapoff},
    {"swapon", SYS_swapon},
#if defined(__x86_64__)
    {"ioperm", SYS_ioperm},
    {"iopl", SYS_iopl},
#endif
  };
  for (const auto& call : kPlain) {
    if (is(call.name)) (void)syscall(call.number, 0, 0, 0, 0, 0, 0);
  }
  std::puts("survived");
  return 0;
}
