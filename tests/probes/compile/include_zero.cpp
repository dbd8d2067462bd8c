// Tries: to include a file that never ends.
// Must end: at a limit, or refused by the compiler.
#define ENDLESS "/dev/zero"
#include ENDLESS
