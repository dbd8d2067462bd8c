// Tries: to reach what belongs to others where no namespace hides it: processes by signal, limit
// and trace, sockets by name, a file by mode, owner, length, time and attribute, a folder by watch.
// Arguments: a pid, the path of a socket, the name of an abstract one, the path of a file, of a
// folder. Must end: with 0; each line says what was answered. Also what must work is tried.
#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

#include "tests/probes/scratch.h"

static void show(const char* name, long result) {
  std::printf("%s: %s\n", name, result >= 0 ? "worked" : strerrorname_np(errno));
  std::fflush(stdout);
}

static void reach_process(pid_t pid) {
  show("signal", kill(pid, 0));
  show("signal to parent", kill(getppid(), 0));
  show("pidfd signal", syscall(SYS_pidfd_send_signal, syscall(SYS_pidfd_open, pid, 0), 0, 0, 0));
  show("ptrace", ptrace(PTRACE_ATTACH, pid, nullptr, nullptr));
  rlimit limit{};
  show("limits of another", prlimit(pid, RLIMIT_CORE, nullptr, &limit));
  char path[64];
  std::snprintf(path, sizeof path, "/proc/%d/environ", pid);
  show("environment of another", open(path, O_RDONLY));
  std::snprintf(path, sizeof path, "/proc/%d/mem", pid);
  show("memory of another", open(path, O_RDWR));
}

static void reach_sockets(const char* path, const char* abstract) {
  sockaddr_un by_path{AF_UNIX, {}};
  std::strncpy(by_path.sun_path, path, sizeof by_path.sun_path - 1);
  sockaddr_un by_name{AF_UNIX, {}};
  std::strncpy(by_name.sun_path + 1, abstract, sizeof by_name.sun_path - 2);
  const auto named =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + std::strlen(abstract));
  show("socket", socket(AF_UNIX, SOCK_STREAM, 0));
  show("socket inet", socket(AF_INET, SOCK_STREAM, 0));
  int pair[2] = {-1, -1};
  show("datagram pair", socketpair(AF_UNIX, SOCK_DGRAM, 0, pair));
  show("raw pair", socketpair(AF_UNIX, SOCK_RAW, 0, pair));
  show("pair", socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
  show("connect by path", connect(pair[0], reinterpret_cast<sockaddr*>(&by_path), sizeof by_path));
  show("connect by name", connect(pair[0], reinterpret_cast<sockaddr*>(&by_name), named));
  show("send by path",
       sendto(pair[0], "x", 1, 0, reinterpret_cast<sockaddr*>(&by_path), sizeof by_path));
  show("send to the other end", send(pair[0], "x", 1, 0));
}

static void reach_files(const char* file, const char* folder) {
  const timespec times[2] = {{1, 0}, {1, 0}};
  show("read", open(file, O_RDONLY));
  show("write", open(file, O_WRONLY));
  show("empty while opening", open(file, O_RDONLY | O_TRUNC));
  show("truncate", truncate(file, 0));
  show("chmod", chmod(file, 0777));
  show("chown", chown(file, getuid(), getgid()));
  show("times", utimensat(AT_FDCWD, file, times, 0));
  show("attribute", setxattr(file, "user.x", "1", 1, 0));
  show("link", link(file, "mine"));
  show("rename", rename(file, "mine"));
  show("delete", unlink(file));
  show("list", open(folder, O_RDONLY | O_DIRECTORY));
  char path[512];
  std::snprintf(path, sizeof path, "%s/new", folder);
  show("make", open(path, O_WRONLY | O_CREAT, 0600));
  show("make a link", symlink("/etc", path));
  show("watch", inotify_add_watch(inotify_init1(0), folder, IN_ALL_EVENTS));
}

int main(int count, char** arguments) {
  if (count != 6) return 2;
  enter_scratch();
  reach_process(std::atoi(arguments[1]));
  reach_sockets(arguments[2], arguments[3]);
  reach_files(arguments[4], arguments[5]);
  const int fd = open("own", O_RDWR | O_CREAT, 0600);
  show("own file", fd);
  show("own length", ftruncate(fd, 3));
  show("own link", link("own", "other"));
  show("own times", futimens(fd, nullptr));
  show("own process", kill(getpid(), 0));
  return 0;
}
