// Tries: calls that a program may try for good reasons but that reach beyond it.
// Must end: with 0; each line names a call and the errno that it got.
#include <fcntl.h>
#include <linux/keyctl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

static void show(const char* name, long result) {
  std::printf("%s %s\n", name, result >= 0 ? "worked" : strerrorname_np(errno));
}

int main() {
  show("ptrace", ptrace(PTRACE_TRACEME, 0, nullptr, nullptr));
  show("unshare", unshare(CLONE_NEWUSER));
  show("clone", syscall(SYS_clone, CLONE_NEWNS, nullptr, nullptr, nullptr, nullptr));
  show("clone3", syscall(SYS_clone3, nullptr, 0));
  show("setuid", syscall(SYS_setuid, 0));
  show("setgroups", syscall(SYS_setgroups, 0, nullptr));
  show("chroot", chroot("/"));
  show("sethostname", sethostname("mine", 4));
  show("socket inet", socket(AF_INET, SOCK_STREAM, 0));
  show("socket netlink", socket(AF_NETLINK, SOCK_RAW, 0));
  show("socket vsock", socket(AF_VSOCK, SOCK_STREAM, 0));
  show("io_uring", syscall(SYS_io_uring_setup, 1, nullptr));
  show("keyctl", syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 1));
  show("memfd_create", syscall(SYS_memfd_create, "x", 0));
  show("shmget", syscall(SYS_shmget, 1, 4096, 01600));
  show("userfaultfd", syscall(SYS_userfaultfd, 1));
  show("perf_event_open", syscall(SYS_perf_event_open, nullptr, 0, -1, -1, 0));
  show("tiocsti", ioctl(0, TIOCSTI, "x"));
  show("tiocsti high", syscall(SYS_ioctl, 0, 0xFFFFFFFF00000000UL | TIOCSTI, "x"));
  show("mknod device", mknod("/tmp/device", 0020666, 0x103));
  show("unknown", syscall(999));
  int pair[2];
  show("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
  show("fork", [] {
    const pid_t pid = fork();
    if (pid == 0) _exit(0);
    return pid;
  }());
  return 0;
}
