// Tries nothing; tells who and where it is: ids, capabilities, session, signals, descriptors,
// limits.
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <initializer_list>

int main() {
  std::printf("uid %d gid %d\n", getuid(), getgid());
  std::printf("pid1 %d own session %d\n", getpid() == 1, getsid(0) == getpid());
  FILE* status = std::fopen("/proc/self/status", "re");
  for (char line[256]; status != nullptr && std::fgets(line, sizeof line, status) != nullptr;) {
    for (const char* key : {"Cap", "NoNewPrivs", "Seccomp:", "SigBlk", "SigIgn", "Groups"}) {
      if (std::strncmp(line, key, std::strlen(key)) == 0) std::fputs(line, stdout);
    }
  }
  if (status != nullptr) std::fclose(status);
  rlimit core{}, files{};
  getrlimit(RLIMIT_CORE, &core);
  getrlimit(RLIMIT_NOFILE, &files);
  std::printf("core %d files %d\n", static_cast<int>(core.rlim_max),
              static_cast<int>(files.rlim_max));
  std::printf("open:");
  for (int fd = 0; fd < 1024; ++fd) {
    if (lseek(fd, 0, SEEK_CUR) >= 0 || dup2(fd, fd) == fd) std::printf(" %d", fd);
  }
  char host[64] = {};
  gethostname(host, sizeof host - 1);
  std::printf("\nhost %s\n", host);
  return 0;
}
