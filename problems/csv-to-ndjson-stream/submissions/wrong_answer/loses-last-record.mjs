// fails: line-endings, empty-fields, quote-errors
// Writes a record only when its newline comes: the last one is lost without it.
const strict = process.argv.includes('--strict');

class Parser {
  state = 'record';
  heldCr = false; // a CR outside quotes: the next character tells what it is
  header = null;
  row = -1;
  line = 1;
  startLine = 1;
  fields = [];
  field = '';
  output = '';
  failed = false;

  push(text) {
    for (const char of text) {
      if (this.failed) return;
      this.accept(char);
    }
  }

  end() {
    if (this.failed) return;
    if (this.state === 'quoted') this.fail('unterminated_quote');
  }

  accept(char) {
    if (this.heldCr) {
      if (char === '\n') this.heldCr = false;
      else this.ordinaryCr();
      if (this.failed) return;
    }
    if (char === '\r' && this.state !== 'quoted' && this.state !== 'skip') this.heldCr = true;
    else this.step(char);
    if (char === '\n') this.line += 1;
  }

  ordinaryCr() {
    this.heldCr = false;
    this.step('\r');
  }

  step(char) {
    switch (this.state) {
      case 'record':
        this.startLine = this.line;
        if (char === '\n') return;
        this.row += 1;
        this.fields = [];
        this.state = 'field';
        this.step(char);
        return;
      case 'field':
        this.field = '';
        if (char === '"') {
          this.state = 'quoted';
          return;
        }
        this.state = 'plain';
        this.step(char);
        return;
      case 'plain':
        if (char === '"') this.fail('bad_quote', 'skip');
        else if (!this.endsField(char)) this.field += char;
        return;
      case 'quoted':
        if (char === '"') this.state = 'closed';
        else this.field += char;
        return;
      case 'closed':
        if (char === '"') {
          this.field += '"';
          this.state = 'quoted';
        } else if (!this.endsField(char)) {
          this.fail('bad_quote', 'skip');
        }
        return;
      case 'skip':
        if (char === '\n') this.state = 'record';
        return;
    }
  }

  endsField(char) {
    if (char === ',') {
      this.fields.push(this.field);
      this.field = '';
      this.state = 'field';
      return true;
    }
    if (char === '\n') {
      this.endRecord();
      return true;
    }
    return false;
  }

  endRecord() {
    this.fields.push(this.state === 'field' ? '' : this.field);
    this.state = 'record';
    if (this.header === null) this.header = this.fields;
    else if (this.fields.length !== this.header.length) this.fail('ragged_row', 'record');
    else this.write(Object.fromEntries(this.header.map((name, i) => [name, this.fields[i]])));
  }

  fail(error, next) {
    this.write({ error, row: this.row, line: this.startLine });
    this.state = next;
    this.failed = strict || this.header === null;
  }

  write(value) {
    this.output += `${JSON.stringify(value)}\n`;
  }

  takeOutput() {
    const output = this.output;
    this.output = '';
    return output;
  }
}

const parser = new Parser();
const decoder = new TextDecoder('utf-8'); // drops a leading byte order mark
const write = (text) =>
  text === '' || process.stdout.write(text) || new Promise((resolve) => process.stdout.once('drain', resolve));

for await (const chunk of process.stdin) {
  parser.push(decoder.decode(chunk, { stream: true }));
  await write(parser.takeOutput());
  if (parser.failed) break;
}
parser.push(decoder.decode());
parser.end();
await write(parser.takeOutput());
if (parser.failed && strict) process.exitCode = 2;
