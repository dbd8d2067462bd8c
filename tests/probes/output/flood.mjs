// Tries: to print faster than anybody reads, without ever waiting, so that what is not read yet
// piles up in its own memory.
// Must end: output_limit.
for (;;) process.stdout.write('x'.repeat(65536));
