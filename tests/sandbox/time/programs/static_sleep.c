// static_sleep: sleeps for 50 ms. Linked statically, so that no library can be loaded beforehand.
#include <time.h>

int main(void) {
  const struct timespec length = {0, 50 * 1000 * 1000};
  return nanosleep(&length, NULL);
}
