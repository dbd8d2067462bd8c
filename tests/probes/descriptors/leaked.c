// Tries: to find a descriptor that the caller forgot: every number, and what /proc shows.
// Must end: with 0, and only 0, 1 and 2 seen by either way.
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  printf("numbers:");
  for (int fd = 0; fd < 65536; ++fd) {
    if (fcntl(fd, F_GETFD) >= 0) printf(" %d", fd);
  }
  printf("\nlisted:");
  DIR* folder = opendir("/proc/self/fd");
  if (folder == NULL) printf(" none");  // where /proc is out of reach
  for (const struct dirent* entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
    const int fd = atoi(entry->d_name);
    if (entry->d_name[0] != '.' && fd != dirfd(folder)) printf(" %d", fd);
  }
  puts("");
  return 0;
}
