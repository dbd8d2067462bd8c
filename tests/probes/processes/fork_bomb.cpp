// Tries: to have as many processes as the kernel gives, and to keep them.
// Must end: forks refused beyond the limit of processes; prints how many there were, ends by
// itself; nothing survives.
#include <unistd.h>

#include <cstdio>

int main() {
  int made = 0;
  while (made < 10000) {
    const pid_t pid = fork();
    if (pid < 0) break;
    if (pid == 0) {
      for (;;) pause();
    }
    ++made;
  }
  std::printf("%d\n", made);
  usleep(100'000);  // for those who look
  return 0;
}
