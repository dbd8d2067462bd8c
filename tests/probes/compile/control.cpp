// Tries nothing; must compile.
#include <cstdio>

int main() { std::puts("hello"); }
