// Tries: to use the processor in the kernel's name, where its own user time does not grow.
// Must end: cpu_limit, most of it system time.
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  static char block[1 << 20];
  const int zero = open("/dev/zero", O_RDONLY | O_CLOEXEC);
  printf("read %d\n", read(zero, block, sizeof block) == (ssize_t)sizeof block);
  fflush(stdout);
  for (;;) (void)!read(zero, block, sizeof block);
}
