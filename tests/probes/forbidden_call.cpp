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
  std::puts("survived");
  return 0;
}
