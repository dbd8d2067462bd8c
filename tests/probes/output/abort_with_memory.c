// Tries: to blame the limit for its own failure: it aborts while it holds a third of the memory.
// Must end: by SIGABRT, as the program's own doing.
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

int main(void) {
  const size_t size = (size_t)22 << 20;
  volatile char* memory = malloc(size);
  if (memory == NULL) return 3;
  for (size_t i = 0; i < size; i += 4096) memory[i] = 1;
  (void)usleep(100000);  // long enough for whoever samples
  abort();
}
