// Tries: to have a program of gibibytes written: an array with a first element.
// Must end: at a limit, or refused; no file comes out.
char array[1UL << 34] = {1};
int main() { return array[0]; }
