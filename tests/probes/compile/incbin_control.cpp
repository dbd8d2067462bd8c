// Tries nothing: puts a file into the program that everybody may read.
// Must end: compiled.
asm(".data\n.incbin \"/usr/bin/env\"\n");
int main() {}
