// Odd but right: each state is a function that takes a byte and returns the next state. Every character of the output
// beyond what JSON needs bare is a \u escape, keys come last column first, and there is white space everywhere.
import { writeSync } from 'node:fs';

const strict = process.argv.includes('--strict');
const END = -1;
const [LF, CR, COMMA, QUOTE] = Buffer.from('\n\r,"');

let bytes = [];
let fields = [];
let columns;
let row = 0;
let line = 1;
let start = 1;
let lines = '';

const quote = (text) => {
  let escaped = '';
  for (let i = 0; i < text.length; i += 1) escaped += `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return `"${escaped}"`;
};
const put = (pairs) => {
  lines += `  { ${pairs.map(([key, value]) => `${quote(key)} :\t${value}`).join(' , ')} }  \n`;
};

const stopped = () => stopped;
const skipping = (byte) => (byte === LF || byte === END ? atRecord : skipping);
const fail = (kind, next) => {
  put([['line', start], ['row', row], ['error', quote(kind)]]);
  row += 1;
  if (strict) process.exitCode = 2;
  return strict || !columns ? stopped : next;
};
const closeField = () => {
  fields.push(Buffer.from(bytes).toString());
  bytes = [];
};
const closeRecord = () => {
  closeField();
  const record = fields;
  fields = [];
  if (!columns) columns = record;
  else if (columns.length !== record.length) return fail('ragged_row', atRecord);
  else put(columns.map((name, i) => [name, quote(record[i])]).reverse());
  row += 1;
  return atRecord;
};

// A CR is looked at again, as an ordinary byte, once the byte after it has turned out not to be LF.
const afterCr = (state) => (byte) => {
  if (byte === LF) return state(LF);
  const next = state(CR, 'ordinary');
  return next(byte);
};
const atRecord = (byte, how) => {
  start = line;
  fields = [];
  bytes = [];
  if (byte === LF || byte === END) return atRecord;
  if (byte === CR && !how) return afterCr(atRecord);
  return atField(byte, how);
};
const atField = (byte, how) => (byte === QUOTE ? inQuotes : inPlain(byte, how));
const inPlain = (byte, how) => {
  if (byte === CR && !how) return afterCr(inPlain);
  if (byte === LF || byte === END) return closeRecord();
  if (byte === QUOTE) return fail('bad_quote', skipping);
  if (byte === COMMA) {
    closeField();
    return atField;
  }
  bytes.push(byte);
  return inPlain;
};
const inQuotes = (byte) => {
  if (byte === END) return fail('unterminated_quote', atRecord);
  if (byte === QUOTE) return afterQuote;
  bytes.push(byte);
  return inQuotes;
};
const afterQuote = (byte, how) => {
  if (byte === QUOTE) {
    bytes.push(byte);
    return inQuotes;
  }
  if (byte === CR && !how) return afterCr(afterQuote);
  if (byte === COMMA || byte === LF || byte === END) return inPlain(byte);
  return fail('bad_quote', skipping);
};

// Byte order mark: three states before the first.
const mark = [0xef, 0xbb, 0xbf];
let matched = 0;
const atStart = (byte) => {
  if (byte === mark[matched]) {
    matched += 1;
    return matched === mark.length ? atRecord : atStart;
  }
  let state = atRecord;
  for (const held of mark.slice(0, matched)) state = state(held);
  return state(byte);
};

let state = atStart;
process.stdin.on('data', (chunk) => {
  for (const byte of chunk) {
    state = state(byte);
    if (byte === LF) line += 1;
  }
});
process.stdin.on('end', () => {
  state(END);
  const output = Buffer.from(lines);
  for (let at = 0; at < output.length; ) at += writeSync(1, output, at);
});
