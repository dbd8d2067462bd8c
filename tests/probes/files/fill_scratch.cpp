// Tries: to fill the scratch space with bytes (argument "bytes", or "shm" for /dev/shm) or with
// files ("files"). Must end: with 0, printing the errno that stopped it: ENOSPC, at the cap.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "tests/probes/scratch.h"

int main(int, char** arguments) {
  static char block[65536];
  enter_scratch();
  if (std::strcmp(arguments[1], "files") == 0) {
    for (int i = 0; i < 1000000; ++i) {
      char name[64];
      std::snprintf(name, sizeof name, "file-%d", i);
      const int fd = open(name, O_CREAT | O_WRONLY, 0600);
      if (fd < 0) {
        std::printf("%s after %d files\n", errno == ENOSPC ? "ENOSPC" : std::strerror(errno), i);
        return 0;
      }
      close(fd);
    }
    return 1;
  }
  const bool in_shm = std::strcmp(arguments[1], "shm") == 0;
  for (int i = 0;; ++i) {
    char name[64];
    std::snprintf(name, sizeof name, "%s/file-%d", in_shm ? "/dev/shm" : ".", i);
    const int fd = open(name, O_CREAT | O_WRONLY, 0600);
    for (int j = 0; j < 16; ++j) {
      if (write(fd, block, sizeof block) != static_cast<ssize_t>(sizeof block)) {
        std::printf("%s after %d MiB\n", errno == ENOSPC ? "ENOSPC" : std::strerror(errno), i);
        return 0;
      }
    }
    close(fd);
  }
}
