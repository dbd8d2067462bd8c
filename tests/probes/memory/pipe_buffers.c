// Tries: to keep memory in the kernel's pipe buffers: many pipes, as large as can be, all full.
// Must end: memory_limit where the kernel counts its buffers as the program's; else by itself,
// stopped by the limit of open files.
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  static char block[65536];
  long kept = 0;
  puts("starts");
  fflush(stdout);
  for (;;) {
    int ends[2];
    if (pipe2(ends, O_NONBLOCK) < 0) break;
    (void)fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
    for (ssize_t wrote = 0; (wrote = write(ends[1], block, sizeof block)) > 0;) kept += wrote;
  }
  printf("refused, %ld MiB\n", kept >> 20);
  return 0;
}
