// Tries: to see and to change what is not its own: host files, system folders, its own program,
// other processes. Must end: with 0; each line says what worked. Also what must work is tried.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <initializer_list>

static void show(const char* name, long result) {
  std::printf("%s: %s\n", name, result >= 0 ? "worked" : strerrorname_np(errno));
}

static void show_write(const char* path) {
  std::printf("write ");
  show(path, open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644));
}

static void show_read(const char* path) {
  std::printf("read ");
  show(path, open(path, O_RDONLY));
}

int main() {
  for (const char* path :
       {"/usr/bin/new", "/bin/new", "/etc/passwd", "/etc/new", "/box/probe", "/box/new", "/new",
        "/dev/new", "/proc/sys/kernel/core_pattern", "/tmp/new", "/dev/shm/new", "/dev/null"}) {
    show_write(path);
  }
  for (const char* path :
       {"/etc/shadow", "/root", "/home", "/sys", "/proc/kcore", "/proc/1/environ",
        "/proc/1/root/etc", "/proc/sys/kernel/hostname", "/usr/bin/env", "/etc/passwd"}) {
    show_read(path);
  }
  show("chmod /box/probe", chmod("/box/probe", 0777));
  show("unlink /box/probe", unlink("/box/probe"));
  show("rename /box", rename("/box", "/tmp/box"));
  show("setuid bit", chmod("/tmp/new", 04755));
  char path[64];
  int processes = 0;
  for (int pid = 1; pid < 100; ++pid) {
    std::snprintf(path, sizeof path, "/proc/%d", pid);
    processes += access(path, F_OK) == 0 ? 1 : 0;
  }
  std::printf("processes seen: %d\n", processes);
  return 0;
}
