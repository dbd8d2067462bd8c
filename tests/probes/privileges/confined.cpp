// Tries: every wall once, in the way that tells whether this very wall stands: ids, capabilities,
// no_new_privs, the filter, Landlock, mounts, namespaces, descriptors, limits.
// Must end: with 7, having printed the same text as ever; a wall that is missing shows in it.
#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <initializer_list>

#include "tests/probes/scratch.h"

static void show(const char* name, long result) {
  std::printf("%s %s\n", name, result >= 0 ? "worked" : strerrorname_np(errno));
}

static void show_status() {
  FILE* status = std::fopen("/proc/self/status", "re");
  for (char line[256]; status != nullptr && std::fgets(line, sizeof line, status) != nullptr;) {
    for (const char* key : {"Cap", "NoNewPrivs", "Seccomp", "SigBlk", "SigIgn", "Uid", "Gid"}) {
      if (std::strncmp(line, key, std::strlen(key)) == 0) std::fputs(line, stdout);
    }
  }
  if (status != nullptr) std::fclose(status);
}

static void show_entries(const char* folder) {
  DIR* entries = opendir(folder);
  int count = 0;
  while (entries != nullptr && readdir(entries) != nullptr) ++count;
  if (entries != nullptr) closedir(entries);
  std::printf("%s holds %d\n", folder, entries != nullptr ? count - 2 : -1);
}

static void show_limits() {
  for (int which = 0; which < RLIM_NLIMITS; ++which) {
    rlimit limit{};
    getrlimit(static_cast<__rlimit_resource>(which), &limit);
    std::printf("limit %d %llx %llx\n", which, static_cast<unsigned long long>(limit.rlim_cur),
                static_cast<unsigned long long>(limit.rlim_max));
  }
}

int main() {
  show_status();
  char host[64] = {};
  char folder[64] = {};
  gethostname(host, sizeof host - 1);
  std::printf("host %s folder %s session %d\n", host, getcwd(folder, sizeof folder),
              getsid(0) == getpid());
  for (int fd = 0; fd < 1024; ++fd) {
    if (fcntl(fd, F_GETFD) >= 0) std::printf("open %d\n", fd);
  }
  show_limits();
  show_entries("/");
  show_entries("/sys/class/net");
  show("see parent", kill(1, SIGKILL));
  show("read host", access("/etc/shadow", F_OK));
  for (const char* path : {"/new", "/usr/new", "/box/new", "/opt/new", "/dev/new"}) {
    std::printf("%s ", path);
    show("write", open(path, O_WRONLY | O_CREAT, 0644));
  }
  enter_scratch();
  show("write scratch", open("left", O_WRONLY | O_CREAT, 0644));
  show("open null", open("/dev/null", O_RDWR));
  show("device", mknod("device", S_IFCHR | 0600, makedev(1, 1)));
  show("ptrace", ptrace(PTRACE_TRACEME, 0, nullptr, nullptr));
  show("namespace", unshare(CLONE_NEWUSER));
  show("network", socket(AF_INET, SOCK_STREAM, 0));
  show("keys", syscall(SYS_keyctl, 0, 0, 0, 0, 0));
  return 7;
}
