// fails: bom
// TextDecoder has dropped the byte order mark already; the next one goes too.
import fs from 'node:fs';
const strict = process.argv.includes('--strict');
let text = new TextDecoder().decode(fs.readFileSync(0));
if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
const out = [];
const n = text.length;
let i = 0;
let line = 1;
let row = 0;
let cols;
const eol = (k) => (text[k] === '\n' ? 1 : text.startsWith('\r\n', k) ? 2 : 0);
const countLines = (a, b) => {
  for (let k = a; k < b; k++) if (text[k] === '\n') line++;
};
main: while (i < n) {
  const e = eol(i);
  if (e) {
    i += e;
    line++;
    continue;
  }
  const from = i;
  const start = line;
  const fields = [];
  let error;
  for (;;) {
    if (text[i] === '"') {
      let v = '';
      let k = i + 1;
      for (;;) {
        const q = text.indexOf('"', k);
        if (q < 0) {
          error = 'unterminated_quote';
          i = n;
          break;
        }
        v += text.slice(k, q);
        i = q + 1;
        if (text[i] !== '"') break;
        v += '"';
        k = q + 2;
      }
      if (error) break;
      fields.push(v);
    } else {
      const s = i;
      while (i < n && text[i] !== ',' && text[i] !== '"' && !eol(i)) i++;
      fields.push(text.slice(s, i));
    }
    if (i >= n) break;
    if (text[i] === ',') {
      i++;
      continue;
    }
    const e2 = eol(i);
    if (e2) {
      i += e2;
      break;
    }
    error = 'bad_quote';
    const lf = text.indexOf('\n', i);
    i = lf < 0 ? n : lf + 1;
    break;
  }
  countLines(from, i);
  if (!error && cols && fields.length !== cols.length) error = 'ragged_row';
  if (error) {
    out.push(JSON.stringify({ error, row, line: start }));
    if (strict) process.exitCode = 2;
    if (strict || !cols) break main;
  } else if (!cols) cols = fields;
  else out.push(JSON.stringify(Object.fromEntries(cols.map((c, j) => [c, fields[j]]))));
  row++;
}
if (out.length) fs.writeSync(1, out.join('\n') + '\n');
