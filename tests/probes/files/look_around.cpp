// Tries: to see and to change what is not its own: host files, system folders, its own program,
// other processes. Arguments: files that exist outside. Must end: with 0; each line says what
// worked. Also what must work is tried.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <initializer_list>
#include <string>

#include "tests/probes/scratch.h"

static void show(const char* name, long result) {
  std::printf("%s: %s\n", name, result >= 0 ? "worked" : strerrorname_np(errno));
}

static void show_write(const char* name, const std::string& path) {
  std::printf("write ");
  show(name, open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644));
}

static void show_read(const char* path) {
  std::printf("read ");
  show(path, open(path, O_RDONLY));
}

int main(int count, char** arguments) {
  for (const char* path :
       {"/usr/bin/new", "/bin/new", "/etc/passwd", "/etc/new", "/new", "/dev/new",
        "/proc/sys/kernel/core_pattern", "/dev/shm/new", "/dev/null"}) {
    show_write(path, path);
  }
  const std::string program = arguments[0];
  const std::string box = program.substr(0, program.rfind('/'));
  const std::string own = std::string{scratch()} + "/new";
  show_write("program", program);
  show_write("box", box + "/new");
  show_write("scratch", own);
  for (int i = 1; i < count; ++i) {
    show_write("outside", arguments[i]);
    std::printf("outside ");
    show("read", open(arguments[i], O_RDONLY));
  }
  for (const char* path :
       {"/etc/shadow", "/root", "/home", "/sys", "/proc/kcore", "/proc/1/environ",
        "/proc/1/root/etc", "/proc/sys/kernel/hostname", "/usr/bin/env", "/etc/passwd"}) {
    show_read(path);
  }
  show("chmod program", chmod(program.c_str(), 0777));
  show("unlink program", unlink(program.c_str()));
  show("rename box", rename(box.c_str(), (std::string{scratch()} + "/box").c_str()));
  char path[64];
  int processes = 0;
  for (int pid = 1; pid < 100; ++pid) {
    std::snprintf(path, sizeof path, "/proc/%d", pid);
    processes += access(path, F_OK) == 0 ? 1 : 0;
  }
  std::printf("processes seen: %d\n", processes);
  return 0;
}
