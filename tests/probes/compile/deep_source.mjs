// Tries: to overrun the parser of JavaScript: nesting without end, in code made while running.
// Must end: with 0; refused by the parser, plain code works.
for (const [name, source] of [['nested', '['.repeat(1e6)], ['plain', '1 + 1']]) {
  try {
    console.log(name, new Function(`return ${source}`)());
  } catch (error) {
    console.log(name, error instanceof RangeError || error instanceof SyntaxError);
  }
}
