// Tries: a regular expression that backtracks without end, inside one native call.
// Must end: cpu_limit; a harmless one before works.
console.log(/^(a+)+$/.test('aaaa'));
console.log(/^(a+)+$/.test('a'.repeat(64) + 'b'));
