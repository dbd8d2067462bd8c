// Odd, but right: a machine that reads byte after byte, and numbers digit by digit as bigints.
'use strict';

const LARGEST = 2n ** 53n - 1n;
const HEX = '0123456789ABCDEF';
const isPlain = (b) =>
  (b >= 48 && b <= 57) || (b >= 65 && b <= 90) || (b >= 97 && b <= 122) || b === 45 || b === 46 || b === 95;

const escapeText = (text) =>
  [...Buffer.from(text, 'utf8')]
    .map((b) => (isPlain(b) ? String.fromCharCode(b) : `%${HEX[b >> 4]}${HEX[b & 15]}`))
    .join('');

class NoKey extends Error {}

class Scanner {
  constructor(key) {
    this.key = key;
    this.at = 0;
  }
  peek() {
    return this.key[this.at];
  }
  take(wanted) {
    if (this.peek() !== wanted) throw new NoKey();
    this.at += 1;
  }
  text() {
    const bytes = [];
    for (;;) {
      const c = this.peek();
      if (c === '%') {
        const high = HEX.indexOf(this.key[this.at + 1] ?? '?');
        const low = HEX.indexOf(this.key[this.at + 2] ?? '?');
        if (high < 0 || low < 0 || isPlain(high * 16 + low)) throw new NoKey();
        bytes.push(high * 16 + low);
        this.at += 3;
      } else if (c !== undefined && c.charCodeAt(0) < 128 && isPlain(c.charCodeAt(0))) {
        bytes.push(c.charCodeAt(0));
        this.at += 1;
      } else {
        const buffer = Buffer.from(bytes);
        const text = buffer.toString('utf8');
        if (!Buffer.from(text, 'utf8').equals(buffer)) throw new NoKey();
        return text;
      }
    }
  }
  whole() {
    const start = this.at;
    let value = 0n;
    while (this.at < this.key.length && this.peek() >= '0' && this.peek() <= '9') {
      value = value * 10n + BigInt(this.peek());
      this.at += 1;
    }
    const length = this.at - start;
    if (length === 0 || (length > 1 && this.key[start] === '0') || value > LARGEST) throw new NoKey();
    return Number(value);
  }
  part() {
    const kind = this.peek();
    this.at += 1;
    if (kind === 'n') return null;
    if (kind === 't') return true;
    if (kind === 'f') return false;
    if (kind === 's') return this.text();
    if (kind !== 'i') throw new NoKey();
    if (this.peek() !== '-') return this.whole();
    this.take('-');
    const value = this.whole();
    if (value === 0) throw new NoKey();
    return -value;
  }
}

exports.keyPrefix = (namespace, version) => {
  if (typeof version !== 'number' || version % 1 !== 0 || version < 1 || version > Number(LARGEST)) {
    throw new RangeError('version');
  }
  return `${escapeText(namespace)}@${BigInt(version)}/`;
};

exports.encodeKey = (namespace, version, parts) =>
  parts.reduce((key, part) => {
    if (part === null) return `${key}n;`;
    if (typeof part === 'boolean') return `${key}${String(part)[0]};`;
    if (typeof part === 'string') return `${key}s${escapeText(part)};`;
    if (typeof part === 'number' && part % 1 === 0) return `${key}i${BigInt(part)};`;
    throw new TypeError('part');
  }, exports.keyPrefix(namespace, version));

exports.decodeKey = (key) => {
  const scanner = new Scanner(key);
  try {
    const namespace = scanner.text();
    scanner.take('@');
    const version = scanner.whole();
    if (version === 0) return null;
    scanner.take('/');
    const parts = [];
    while (scanner.at < key.length) {
      parts.push(scanner.part());
      scanner.take(';');
    }
    return { parts, version, namespace };
  } catch (error) {
    if (error instanceof NoKey) return null;
    throw error;
  }
};
