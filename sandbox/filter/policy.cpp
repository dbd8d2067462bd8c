#include "sandbox/filter/policy.hpp"

#include <sched.h>
#include <sys/socket.h>

#include <array>

namespace sandbox {
namespace {

// Namespaces, in clone(2)'s flags. (CLONE_NEWTIME shares its bit with the exit signal and exists in
// clone3 alone.)
constexpr std::uint64_t kNamespaceFlags = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS |
                                          CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |
                                          CLONE_NEWNET;

// A name per line would hide the groups.
// clang-format off
constexpr auto kAllowed = std::to_array<std::string_view>({
    // files: the mounts decide what can be seen and written
    "access", "chdir", "chmod", "chown", "close", "close_range", "copy_file_range", "creat",
    "dup", "dup2", "dup3", "faccessat", "faccessat2", "fadvise64", "fallocate", "fchdir",
    "fchmod", "fchmodat", "fchown", "fchownat", "fcntl", "fdatasync", "fgetxattr", "flistxattr",
    "flock", "fremovexattr", "fsetxattr", "fstat", "fstatfs", "fsync", "ftruncate", "futimesat",
    "getcwd", "getdents", "getdents64", "getxattr", "ioctl", "lchown", "lgetxattr", "link",
    "linkat", "listxattr", "llistxattr", "lremovexattr", "lseek", "lsetxattr", "lstat", "mkdir",
    "mkdirat", "mknod", "mknodat", "newfstatat", "open", "openat", "openat2", "pread64", "preadv",
    "preadv2", "pwrite64", "pwritev", "pwritev2", "read", "readahead", "readlink", "readlinkat",
    "readv", "removexattr", "rename", "renameat", "renameat2", "rmdir", "sendfile", "setxattr",
    "splice", "stat", "statfs", "statx", "symlink", "symlinkat", "sync", "sync_file_range",
    "syncfs", "tee", "truncate", "umask", "unlink", "unlinkat", "utime", "utimensat", "utimes",
    "write", "writev",
    // memory
    "brk", "get_mempolicy", "madvise", "membarrier", "mincore", "mlock", "mlock2", "mlockall",
    "mmap", "mprotect", "mremap", "msync", "munlock", "munlockall", "munmap", "pkey_alloc",
    "pkey_free", "pkey_mprotect", "process_madvise", "remap_file_pages",
    // processes and threads of the program's own
    "arch_prctl", "capget", "capset", "execve", "execveat", "exit", "exit_group", "fork",
    "get_robust_list", "get_thread_area", "getcpu", "getegid", "geteuid", "getgid", "getgroups",
    "getpgid", "getpgrp", "getpid", "getppid", "getpriority", "getresgid", "getresuid",
    "getrlimit", "getrusage", "getsid", "gettid", "getuid", "ioprio_get", "kill", "pidfd_open",
    "pidfd_send_signal", "prctl", "prlimit64", "rseq", "sched_get_priority_max",
    "sched_get_priority_min", "sched_getaffinity", "sched_getattr", "sched_getparam",
    "sched_getscheduler", "sched_rr_get_interval", "sched_yield", "set_robust_list",
    "set_thread_area", "set_tid_address", "setfsgid", "setfsuid", "setgid", "setpgid",
    "setpriority", "setregid", "setresgid", "setresuid", "setreuid", "setrlimit", "setsid",
    "setuid", "sysinfo", "tgkill", "times", "tkill", "uname", "vfork", "wait4", "waitid",
    "landlock_add_rule", "landlock_create_ruleset", "landlock_restrict_self",
    // signals, time, waiting
    "alarm", "clock_getres", "clock_gettime", "clock_nanosleep", "epoll_create", "epoll_create1",
    "epoll_ctl", "epoll_ctl_old", "epoll_pwait", "epoll_pwait2", "epoll_wait", "epoll_wait_old",
    "eventfd", "eventfd2", "futex", "futex_waitv", "getitimer", "gettimeofday",
    "inotify_add_watch", "inotify_init", "inotify_init1", "inotify_rm_watch", "nanosleep",
    "pause", "pipe", "pipe2", "poll", "ppoll", "pselect6", "restart_syscall", "rt_sigaction",
    "rt_sigpending", "rt_sigprocmask", "rt_sigqueueinfo", "rt_sigreturn", "rt_sigsuspend",
    "rt_sigtimedwait", "rt_tgsigqueueinfo", "select", "setitimer", "sigaltstack", "signalfd",
    "signalfd4", "time", "timer_create", "timer_delete", "timer_getoverrun", "timer_gettime",
    "timer_settime", "timerfd_create", "timerfd_gettime", "timerfd_settime", "getrandom",
    // sockets it was given, or pairs among its own processes
    "accept", "accept4", "bind", "connect", "getpeername", "getsockname", "getsockopt", "listen",
    "recvfrom", "recvmmsg", "recvmsg", "sendmmsg", "sendmsg", "sendto", "setsockopt", "shutdown",
});

constexpr auto kRefused = std::to_array<std::string_view>({
    // LeakSanitizer and unwinders try these on their own process; other processes are none of the
    // program's business
    "ptrace", "process_vm_readv", "kcmp", "pidfd_getfd",
    // namespaces and roots: browsers, test runners and build tools try and have a way without
    "chroot", "unshare",
    // measuring and watching
    "fanotify_init", "fanotify_mark", "perf_event_open", "syslog", "userfaultfd",
    // the scheduler: priority and affinity belong to the judge's host
    "ioprio_set", "mbind", "migrate_pages", "move_pages", "sched_setaffinity", "sched_setattr",
    "sched_setparam", "sched_setscheduler", "set_mempolicy",
    // keys outlive the program and are shared by id
    "add_key", "keyctl", "request_key",
    // further filters and identities, clocks
    "adjtimex", "clock_adjtime", "clock_settime", "modify_ldt", "name_to_handle_at", "seccomp",
    "setdomainname", "setgroups", "sethostname", "settimeofday", "vhangup", "vmsplice",
});

constexpr auto kMissing = std::to_array<std::string_view>({
    // its flags lie in memory, where a filter cannot look; libc falls back to clone
    "clone3",
    // a second way to make calls, invisible to any filter
    "io_uring_enter", "io_uring_register", "io_uring_setup",
    // memory that belongs to no file system with a cap; runtimes fall back to files in /dev/shm
    "memfd_create", "memfd_secret",
    // System V and POSIX queues, semaphores and segments: outlive processes, escape the caps
    "mq_getsetattr", "mq_notify", "mq_open", "mq_timedreceive", "mq_timedsend", "mq_unlink",
    "msgctl", "msgget", "msgrcv", "msgsnd", "semctl", "semget", "semop", "semtimedop", "shmat",
    "shmctl", "shmdt", "shmget", "io_cancel", "io_destroy", "io_getevents", "io_pgetevents",
    "io_setup", "io_submit",
});

constexpr auto kForbidden = std::to_array<std::string_view>({
    "acct", "bpf", "delete_module", "finit_module", "fsconfig", "fsmount", "fsopen", "fspick",
    "init_module", "ioperm", "iopl", "kexec_file_load", "kexec_load", "mount", "mount_setattr",
    "move_mount", "open_by_handle_at", "open_tree", "pivot_root", "process_vm_writev", "quotactl",
    "quotactl_fd", "reboot", "setns", "swapoff", "swapon", "umount2",
});
// clang-format on

void append_all(std::vector<Rule>& rules, std::span<const std::string_view> names, Answer answer) {
  for (const std::string_view name : names) rules.push_back(Rule{name, answer});
}

// Threads and processes, but no namespaces.
void append_clone(std::vector<Rule>& rules) {
  using enum Condition::Kind;
  rules.push_back(Rule{"clone", Answer::allow, {no_bits, 0, kNamespaceFlags}});
  rules.push_back(Rule{"clone", Answer::refuse, {any_bit, 0, kNamespaceFlags}});
}

// Local sockets and none else: there is no network to talk to.
void append_local_only(std::vector<Rule>& rules, std::string_view name) {
  using enum Condition::Kind;
  rules.push_back(Rule{name, Answer::allow, {equals, 0, AF_UNIX}});
  rules.push_back(Rule{name, Answer::refuse, {differs, 0, AF_UNIX}});
}

}  // namespace

std::vector<Rule> policy_for(Profile profile) {
  using enum Condition::Kind;
  std::vector<Rule> rules;
  append_all(rules, kAllowed, Answer::allow);
  append_all(rules, kRefused, Answer::refuse);
  append_all(rules, kMissing, Answer::missing);
  append_all(rules, kForbidden, Answer::forbidden);
  append_clone(rules);
  append_local_only(rules, "socketpair");
  // Event loops open local sockets by themselves; others have no use for one.
  if (profile != Profile::c && profile != Profile::cpp && profile != Profile::rust &&
      profile != Profile::compile) {
    append_local_only(rules, "socket");
  } else {
    rules.push_back(Rule{"socket", Answer::refuse});
  }
  rules.push_back(Rule{"personality", Answer::allow, {equals, 0, 0}});           // the standard one
  rules.push_back(Rule{"personality", Answer::allow, {equals, 0, 0xFFFFFFFF}});  // asks which
  return rules;
}

}  // namespace sandbox
