// Tries: to have the assembler repeat a repetition.
// Must end: at a limit, or refused by the assembler; no file comes out.
asm(".data\n.rept 1000000\n.rept 1000000\n.quad 1\n.endr\n.endr\n");
int main() {}
