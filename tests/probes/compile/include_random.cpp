// Tries: to include noise that never ends.
// Must end: at a limit, or refused by the compiler.
#define ENDLESS "/dev/urandom"
#include ENDLESS
