// Reads CSV from standard input, writes newline-delimited JSON to standard output.
const strict = process.argv.includes('--strict');

for await (const chunk of process.stdin) {
  // `chunk` is a Buffer that can end anywhere, inside a character too.
}
