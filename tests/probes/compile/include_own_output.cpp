// Tries: to block the compiler for ever by having it read the pipe that it writes its messages to.
// Must end: at the wall limit, or refused by the compiler.
#define OWN "/dev/stderr"
#include OWN
int main() {}
