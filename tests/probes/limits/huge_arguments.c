// Tries: to pass enormous arguments and environments on to a program of its own: one string, many
// strings.
// Must end: with 0; refused with E2BIG, small ones work.
#include <stdlib.h>
#include <unistd.h>

#include "tests/probes/say.h"

int main(int count, char** arguments) {
  if (count == 2 && strcmp(arguments[1], "small") == 0) {
    puts("small: worked");
    return 0;
  }
  static char one[4 << 20];
  memset(one, 'x', sizeof one - 1);
  char* large[] = {arguments[0], one, NULL};
  char* none[] = {NULL};
  (void)say("one large", execve("/proc/self/exe", large, none));
  (void)say("large environment", execve("/proc/self/exe", none, large));
  enum { kMany = 2000000 };
  char** many = calloc(kMany + 1, sizeof *many);
  if (many == NULL) return 3;
  for (int i = 0; i < kMany; ++i) many[i] = (char*)"x";
  (void)say("many", execve("/proc/self/exe", many, none));
  char* small[] = {arguments[0], (char*)"small", NULL};
  (void)execve("/proc/self/exe", small, none);
  return 4;
}
