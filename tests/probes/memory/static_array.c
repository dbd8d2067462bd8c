// Tries: to have more memory than there may be before its first instruction: a static array of a
// gibibyte, then written page by page.
// Must end: memory_limit, also where the kernel refuses to start it.
#include <stddef.h>

static char array[(size_t)1 << 30];

int main(void) {
  for (size_t i = 0; i < sizeof array; i += 4096) ((volatile char*)array)[i] = 1;
  return 0;
}
