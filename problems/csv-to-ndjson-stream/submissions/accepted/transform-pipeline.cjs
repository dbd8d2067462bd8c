// A Transform that cuts the bytes into records and decodes a record only when it is complete. CommonJS.
'use strict';
const { Transform } = require('node:stream');
const { pipeline } = require('node:stream/promises');

const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

class CsvToNdjson extends Transform {
  constructor(options) {
    super();
    this.strict = options.strict;
    this.stopped = false;
    this.pending = Buffer.alloc(0); // bytes from the start of the current record on
    this.atStart = true;
    this.columns = null;
    this.row = 0;
    this.line = 1;
    this.resetScan();
  }

  // How far the current record has been looked at, so that a chunk more does not look at it again.
  resetScan() {
    this.at = 0;
    this.mode = 'start'; // of a field; then plain, quoted, closed; skip after an error
    this.lines = 0;
  }

  _transform(chunk, _encoding, done) {
    if (!this.stopped) {
      this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
      this.consume(false);
    }
    done();
  }

  _flush(done) {
    if (!this.stopped) this.consume(true);
    done();
  }

  consume(ended) {
    if (this.atStart) {
      if (!ended && this.pending.length < BOM.length) return;
      if (this.pending.subarray(0, BOM.length).equals(BOM)) this.pending = this.pending.subarray(BOM.length);
      this.atStart = false;
    }
    while (!this.stopped && this.pending.length > 0) {
      const outcome = this.scan(ended);
      if (outcome === 'more') return;
      const bytes = this.pending.subarray(0, this.at);
      this.pending = this.pending.subarray(this.at);
      this.finish(outcome, bytes);
      this.line += this.lines;
      this.resetScan();
    }
  }

  // Looks for the end of the current record. Says `more` when it has not arrived yet.
  scan(ended) {
    const bytes = this.pending;
    for (; this.at < bytes.length; this.at += 1) {
      const byte = bytes[this.at];
      let newline = byte === LF;
      if (byte === CR && this.mode !== 'quoted' && this.mode !== 'skip') {
        if (this.at + 1 === bytes.length && !ended) return 'more';
        newline = bytes[this.at + 1] === LF;
        if (newline) this.at += 1;
      }
      if (newline) {
        this.lines += 1;
        if (this.mode !== 'quoted') {
          this.at += 1;
          return this.mode === 'skip' ? 'bad_quote' : 'record';
        }
      } else if (this.mode === 'quoted') {
        if (byte === QUOTE) this.mode = 'closed';
      } else if (this.mode === 'start') {
        if (byte === QUOTE) this.mode = 'quoted';
        else if (byte !== COMMA) this.mode = 'plain';
      } else if (this.mode === 'plain') {
        if (byte === COMMA) this.mode = 'start';
        else if (byte === QUOTE) this.mode = 'skip';
      } else if (this.mode === 'closed') {
        if (byte === COMMA) this.mode = 'start';
        else this.mode = byte === QUOTE ? 'quoted' : 'skip';
      }
    }
    if (this.mode === 'skip' && this.strict) return 'bad_quote';
    if (!ended) return 'more';
    if (this.mode === 'skip') return 'bad_quote';
    return this.mode === 'quoted' ? 'unterminated_quote' : 'record';
  }

  finish(outcome, bytes) {
    let text = bytes.toString('utf8');
    if (outcome === 'record') text = text.replace(/\r?\n$/, '');
    if (text === '') return;
    if (outcome !== 'record') this.fail(outcome);
    else this.finishRecord(fieldsOf(text));
    this.row += 1;
  }

  finishRecord(fields) {
    if (this.columns === null) {
      this.columns = fields;
    } else if (this.columns.length !== fields.length) {
      this.fail('ragged_row');
    } else {
      const pairs = this.columns.map((name, i) => `${JSON.stringify(name)}:${JSON.stringify(fields[i])}`);
      this.push(`{${pairs.join()}}\n`);
    }
  }

  fail(error) {
    this.push(`${JSON.stringify({ error, row: this.row, line: this.line })}\n`);
    this.stopped = this.strict || this.columns === null;
    if (this.strict) process.exitCode = 2;
  }
}

// The fields of a record that is known to be well formed.
function fieldsOf(text) {
  const fields = [];
  let at = 0;
  for (;;) {
    let end = at;
    if (text[at] === '"') {
      do {
        end = text.indexOf('"', end + 1) + 1;
      } while (text[end] === '"');
      fields.push(text.slice(at + 1, end - 1).replaceAll('""', '"'));
    } else {
      end = text.indexOf(',', at);
      if (end === -1) end = text.length;
      fields.push(text.slice(at, end));
    }
    if (end === text.length) return fields;
    at = end + 1;
  }
}

pipeline(process.stdin, new CsvToNdjson({ strict: process.argv.includes('--strict') }), process.stdout).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
