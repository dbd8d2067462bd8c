// Tries: to outrun whoever kills it: every process replaces itself by another one, all the time.
// Must end: at the wall limit, with nothing left.
#include <unistd.h>

int main() {
  if (fork() != 0) {
    for (;;) pause();
  }
  for (;;) {
    const pid_t pid = fork();
    if (pid > 0) _exit(0);
    if (pid < 0) usleep(100);
  }
}
