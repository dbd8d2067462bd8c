// Tries: to write without end, to both streams in turn.
// Must end: output_limit; the caller keeps no more than the limit.
#include <unistd.h>

#include <cstring>

int main() {
  static char block[65536];
  std::memset(block, 'x', sizeof block);
  for (int stream = 1;; stream = 3 - stream) (void)!write(stream, block, sizeof block);
}
