// Tries: to hold up the report: eight orphans, half of them in sessions of their own, keep standard
// output and standard error open for ever.
// Must end: with 3 at once, with the line printed; no orphan is left.
#include <stdio.h>
#include <unistd.h>

int main(void) {
  puts("done");
  fflush(stdout);
  for (int i = 0; i < 8; ++i) {
    if (fork() != 0) continue;
    if (i % 2 == 0) (void)setsid();
    for (;;) pause();
  }
  return 3;
}
