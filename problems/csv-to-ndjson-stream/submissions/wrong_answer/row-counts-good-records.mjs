// fails: ragged-rows, quote-errors, positions
// Counts only the records that it could read.
import { readFileSync } from 'node:fs';

const strict = process.argv.includes('--strict');
const text = readFileSync(0, 'utf8').replace(/^\uFEFF/, '');

const EMPTY_LINES = /(?:\r?\n)*/y;
const QUOTED = /"([^"]*(?:""[^"]*)*)"(?!")/y;
const PLAIN = /[^",\r\n]*(?:\r(?!\n)[^",\r\n]*)*/y;
const SEPARATOR = /,|\r?\n|$/y;
const REST_OF_LINE = /[^\n]*\n?/y;

let position = 0;
const take = (expression) => {
  expression.lastIndex = position;
  const match = expression.exec(text);
  if (match !== null) position = expression.lastIndex;
  return match;
};

// Returns a list of fields, or the name of an error.
function takeRecord() {
  const fields = [];
  for (;;) {
    if (text[position] === '"') {
      const quoted = take(QUOTED);
      if (quoted === null) {
        position = text.length;
        return 'unterminated_quote';
      }
      fields.push(quoted[1].replaceAll('""', '"'));
    } else {
      fields.push(take(PLAIN)[0]);
    }
    const separator = take(SEPARATOR);
    if (separator === null) {
      take(REST_OF_LINE);
      return 'bad_quote';
    }
    if (separator[0] !== ',') return fields;
  }
}

const newlines = (from, to) => text.slice(from, to).split('\n').length - 1;

const out = [];
let columns = null;
let line = 1;
let row = 0;
for (;;) {
  const before = position;
  take(EMPTY_LINES);
  line += newlines(before, position);
  if (position === text.length) break;

  const start = position;
  const record = takeRecord();
  let error = typeof record === 'string' ? record : null;
  if (columns !== null && error === null && record.length !== columns.length) error = 'ragged_row';
  if (error !== null) {
    out.push({ error, row, line });
    if (strict) process.exitCode = 2;
    if (strict || columns === null) break;
  } else if (columns === null) {
    columns = record;
    row += 1;
  } else {
    out.push(Object.fromEntries(columns.map((name, i) => [name, record[i]])));
    row += 1;
  }
  line += newlines(start, position);
}
process.stdout.write(out.map((value) => `${JSON.stringify(value)}\n`).join(''));
