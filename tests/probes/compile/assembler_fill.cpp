// Tries: to have the assembler write a tebibyte.
// Must end: at a limit, or refused by the assembler; no file comes out.
asm(".data\n.fill 0x10000000000, 1, 0x41\n");
int main() {}
