// Tries: to hold up the caller with half a line, then silence.
// Must end: wall_limit; what was written is kept.
#include <unistd.h>

int main(void) {
  (void)!write(1, "half a li", 9);
  (void)!write(2, "and here", 8);
  for (;;) pause();
}
