// Tries: to keep memory in the buffers of sockets: many pairs, both directions full.
// Must end: memory_limit where the kernel counts its buffers as the program's; else by itself,
// stopped by the limit of open files.
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  static char block[32768];
  const int size = 64 << 20;
  long kept = 0;
  puts("starts");
  fflush(stdout);
  for (;;) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) < 0) break;
    for (int side = 0; side < 2; ++side) {
      (void)setsockopt(ends[side], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
      for (ssize_t sent = 0; (sent = send(ends[side], block, sizeof block, 0)) > 0;) kept += sent;
    }
  }
  printf("refused, %ld MiB\n", kept >> 20);
  return 0;
}
