// Tries: to have the assembler put a file of the host into the program: SECRET is its path.
// Must end: refused, because it is not there.
asm(".data\n.incbin \"" SECRET "\"\n");
int main() {}
