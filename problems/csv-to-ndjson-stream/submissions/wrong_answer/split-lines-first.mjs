// fails: embedded-newlines, quote-errors, positions
// Cuts the input into lines before it looks at quotes.
import { readFileSync } from 'node:fs';

const strict = process.argv.includes('--strict');

function parseLine(text) {
  const fields = [];
  let at = 0;
  for (;;) {
    let field = '';
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        const quote = text.indexOf('"', at);
        if (quote === -1) return 'unterminated_quote';
        field += text.slice(at, quote);
        at = quote + 1;
        if (text[at] !== '"') break;
        field += '"';
        at += 1;
      }
      if (at < text.length && text[at] !== ',') return 'bad_quote';
    } else {
      const comma = text.indexOf(',', at);
      const end = comma === -1 ? text.length : comma;
      field = text.slice(at, end);
      if (field.includes('"')) return 'bad_quote';
      at = end;
    }
    fields.push(field);
    if (at === text.length) return fields;
    at += 1;
  }
}

const lines = readFileSync(0, 'utf8').replace(/^\uFEFF/, '').split(/\r?\n/);
let columns = null;
let row = 0;
for (const [index, text] of lines.entries()) {
  if (text === '') continue;
  const record = parseLine(text);
  let error = typeof record === 'string' ? record : null;
  if (columns !== null && error === null && record.length !== columns.length) error = 'ragged_row';
  if (error !== null) {
    console.log(JSON.stringify({ error, row, line: index + 1 }));
    if (strict) process.exitCode = 2;
    if (strict || columns === null) break;
  } else if (columns === null) {
    columns = record;
  } else {
    console.log(JSON.stringify(Object.fromEntries(columns.map((name, i) => [name, record[i]]))));
  }
  row += 1;
}
