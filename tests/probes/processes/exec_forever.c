// Tries: to escape measurement by being a new program all the time: it executes itself again and
// again, in the same process.
// Must end: cpu_limit; the first one has shown that executing itself works.
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int count, char** arguments) {
  if (count == 1 || strcmp(arguments[1], "first") == 0) {
    puts("executed");
    fflush(stdout);
  }
  char* again[] = {arguments[0], (char*)(count == 1 ? "first" : "later"), NULL};
  char* none[] = {NULL};
  (void)execve("/proc/self/exe", again, none);
  perror("execve");
  return 1;
}
