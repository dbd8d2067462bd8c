// Tries: to have the compiler show a file of the host in its messages: SECRET is its path.
// Must end: refused, because it is not there; the header before is found.
#include <cstdio>

#include SECRET
int main() {}
