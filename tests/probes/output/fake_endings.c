// Tries: to look as if a limit or the sandbox had ended it: the signals and exit codes of those.
// Arguments: "signal" or "exit", a number.
// Must end: so, and as the program's own doing.
#include <signal.h>
#include <stdlib.h>
#include <string.h>

int main(int count, char** arguments) {
  if (count != 3) return 99;
  const int number = atoi(arguments[2]);
  if (strcmp(arguments[1], "exit") == 0) return number;
  (void)raise(number);
  return 98;
}
