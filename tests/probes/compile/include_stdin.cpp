// Tries: to block the compiler by including standard input, which nobody types.
// Must end: compiled, because that is empty.
#define TYPED "/dev/stdin"
#include TYPED
int main() {}
