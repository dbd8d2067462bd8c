// Tries: to use more processor time than allowed by sharing it among four threads.
// Must end: cpu_limit, by the sum.
#include <pthread.h>

int main() {
  const auto spin = [](void*) -> void* {
    for (volatile unsigned long i = 0;;) {
      const unsigned long next = i + 1;
      i = next;
    }
  };
  pthread_t thread;
  for (int i = 0; i < 3; ++i) pthread_create(&thread, nullptr, spin, nullptr);
  spin(nullptr);
}
