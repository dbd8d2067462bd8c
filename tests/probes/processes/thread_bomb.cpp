// Tries: to have as many threads as the kernel gives.
// Must end: refused beyond the limit of processes, which counts threads; prints how many there
// were.
#include <pthread.h>
#include <unistd.h>

#include <cstdio>

int main() {
  int made = 0;
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 64 << 10);
  for (pthread_t thread; made < 10000; ++made) {
    const auto wait = [](void*) -> void* {
      for (;;) pause();
    };
    if (pthread_create(&thread, &small, wait, nullptr) != 0) break;
  }
  std::printf("%d\n", made);
  std::fflush(stdout);
  usleep(100'000);  // for those who look
  _exit(0);
}
