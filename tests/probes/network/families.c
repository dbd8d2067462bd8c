// Tries: a socket of every family there is, known and unknown, of every type: netlink, packet,
// vsock, alg, bluetooth, xdp, can, tipc, rds, key and all others.
// Must end: with 0, naming the families that worked: none, or local alone.
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  printf("worked:");
  for (int family = 0; family < 256; ++family) {
    int worked = 0;
    for (int type = 1; type <= 10; ++type) {
      const int fd = socket(family, type, 0);
      if (fd < 0) continue;
      worked = 1;
      (void)close(fd);
    }
    if (worked) printf(" %d", family);
  }
  int pair[2];
  printf("\nown pair: %d\n", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
  return 0;
}
