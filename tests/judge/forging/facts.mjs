// facts.mjs VERDICT: its verdict, the message of what ended the program, and each kind of character
// in it that is not printable, a line each.
import { readFileSync } from 'node:fs';

const text = readFileSync(process.argv[2], 'utf8');
const { verdict, incident } = JSON.parse(text);
const odd = new Set();
JSON.parse(text, (_, value) => {
  if (typeof value !== 'string') return value;
  for (const c of value.match(/[^\P{Cc}\n]|\uFFFD/gu) ?? []) odd.add(c.codePointAt(0).toString(16));
  return value;
});
console.log(`${verdict}\n${incident?.summary ?? ''}\n${[...odd].join(' ')}`);
