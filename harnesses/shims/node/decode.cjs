// Reads what the judge sent (PROTOCOL.md, "Values") for the Node shim; everything used was captured
// before the load. Anything wrong is thrown as text and answered with REFUSED.
'use strict';

const { apply, bareArray, known, mapGet, uncurry } = require('./encode.cjs');

const { defineProperty, getOwnPropertyDescriptor, hasOwn } = Object;
const NativeError = Error;
const { from: arrayFrom } = Array;
const { fromCharCode } = String;
const latin1Slice = uncurry(Buffer.prototype.latin1Slice);
const bufferFrom = Buffer.from;
const NativeBigInt = BigInt, NativeDate = Date, NativeMap = Map, NativeSet = Set;
const NativeUint8Array = Uint8Array, NativeArrayBuffer = ArrayBuffer;
const mapSet = uncurry(Map.prototype.set), setAdd = uncurry(Set.prototype.add);
const float = new Float64Array(1);
const floatBytes = new Uint8Array(float.buffer);
const builtinErrors = {
  __proto__: null, Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError,
  AggregateError, DOMException,
};

const property = (target, key, value) => defineProperty(target, key, {
  __proto__: null, value, writable: true, enumerable: true, configurable: true,
});
const hiddenProperty = (target, key, value) => defineProperty(target, key, {
  __proto__: null, value, writable: true, enumerable: false, configurable: true,
});

// Fields are declared, so that they are defined: assigning what is not there yet would ask the
// prototypes, which submissions reach.
class Reader {
  bytes;
  at;
  end;
  makeControlled;
  constructor(bytes, at, end, makeControlled) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
    this.makeControlled = makeControlled;
  }
}

class Range {
  at;
  end;
  constructor(at, end) {
    this.at = at;
    this.end = end;
  }
}

function take(r, count) {
  const { at } = r;
  if (at + count > r.end) throw 'a payload that is cut off';
  r.at = at + count;
  return at;
}

function getU32(bytes, at) {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}

const readU32 = (r) => getU32(r.bytes, take(r, 4));

function readFloat(r) {
  const at = take(r, 8);
  for (let i = 0; i < 8; ++i) floatBytes[i] = r.bytes[at + i];
  return float[0];
}

function readInteger(r) {
  const at = take(r, 8);
  return (getU32(r.bytes, at + 4) | 0) * 4294967296 + getU32(r.bytes, at);
}

function readText(r) {
  const length = readU32(r);
  const { bytes } = r;
  let at = take(r, length);
  const end = r.at;
  let ascii = true;
  for (let i = at; i < end; ++i) ascii &&= bytes[i] < 0x80;
  if (ascii) return latin1Slice(bytes, at, end);
  let text = '';
  while (at < end) {
    const first = bytes[at];
    const size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    let code = size === 1 ? first : first & (0x7f >> size);
    for (let i = 1; i < size; ++i) code = (code << 6) | (bytes[at + i] & 63);
    at += size;
    text += code < 0x10000 ? fromCharCode(code)
      : fromCharCode(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
  }
  return text;
}

// An object as submissions have them: a setter on Object.prototype must not see it. What a literal
// names is defined, never assigned, also "__proto__", and in a tenth of the time of defineProperty.
function readObject(r) {
  const count = readU32(r);
  const keys = bareArray(), values = bareArray();
  for (let i = 0; i < count; ++i) {
    keys[i] = readText(r);
    values[i] = readValue(r);
  }
  const object = firstProperties(keys, values, count);
  for (let i = IN_LITERAL; i < count; ++i) property(object, keys[i], values[i]);
  return object;
}

const IN_LITERAL = 6;
function firstProperties(k, v, count) {
  switch (count) {
    case 0: return {};
    case 1: return { [k[0]]: v[0] };
    case 2: return { [k[0]]: v[0], [k[1]]: v[1] };
    case 3: return { [k[0]]: v[0], [k[1]]: v[1], [k[2]]: v[2] };
    case 4: return { [k[0]]: v[0], [k[1]]: v[1], [k[2]]: v[2], [k[3]]: v[3] };
    case 5: return { [k[0]]: v[0], [k[1]]: v[1], [k[2]]: v[2], [k[3]]: v[3], [k[4]]: v[4] };
    default: return {
      [k[0]]: v[0], [k[1]]: v[1], [k[2]]: v[2], [k[3]]: v[3], [k[4]]: v[4], [k[5]]: v[5],
    };
  }
}

// The same without prototype, for ourselves; assigning is an eighth of the work.
function readFields(r) {
  const fields = { __proto__: null };
  const count = readU32(r);
  for (let i = 0; i < count; ++i) {
    const key = readText(r);
    fields[key] = readValue(r);
  }
  return fields;
}

// Likewise: what is left of the arguments is a list that was never assigned to.
const asList = (...items) => items;
const MOST_ARGUMENTS = 100;
function readList(r) {
  const count = readU32(r);
  if (count > MOST_ARGUMENTS) {
    return arrayFrom({ __proto__: null, length: count }, () => readValue(r));
  }
  const items = bareArray();
  for (let i = 0; i < count; ++i) items[i] = readValue(r);
  return apply(asList, undefined, items);
}

function readMap(r) {
  const map = new NativeMap();
  const count = readU32(r);
  for (let i = 0; i < count; ++i) {
    const key = readValue(r);
    mapSet(map, key, readValue(r));
  }
  return map;
}

function readSet(r) {
  const set = new NativeSet();
  const count = readU32(r);
  for (let i = 0; i < count; ++i) setAdd(set, readValue(r));
  return set;
}

// Walking the stack is most of what an error costs, and on that of the judge's there is nothing but
// the shim.
function withoutStack(make) {
  const limit = getOwnPropertyDescriptor(NativeError, 'stackTraceLimit');
  if (limit === undefined || !hasOwn(limit, 'writable') || !limit.writable) return make();
  NativeError.stackTraceLimit = 0;
  const error = make();
  NativeError.stackTraceLimit = limit.value;
  return error;
}

// An error of the given classes: the first one that JavaScript knows is its base, those before it
// are made.
function readError(r) {
  const count = readU32(r);
  const names = bareArray();
  for (let i = 0; i < count; ++i) names[i] = readText(r);
  const message = readText(r);
  let base = 0;
  while (base < count && builtinErrors[names[base]] === undefined) ++base;
  let Class = builtinErrors[names[base]] ?? builtinErrors.Error;
  const isDom = names[base] === 'DOMException';
  for (let i = base - 1; i >= 0 && !isDom; --i) {
    Class = { __proto__: null, [names[i]]: class extends Class {} }[names[i]];
  }
  const error = withoutStack(() => {
    if (isDom) return new Class(message, base > 0 ? names[0] : 'Error');
    return names[base] === 'AggregateError' ? new Class([], message) : new Class(message);
  });
  const fields = readFields(r);
  if ('errors' in fields) hiddenProperty(error, 'errors', fields.errors);
  if ('cause' in fields) hiddenProperty(error, 'cause', fields.cause);
  if ('code' in fields) property(error, 'code', fields.code);
  return error;
}

function readBytes(r) {
  const length = readU32(r);
  const at = take(r, length);
  const buffer = new NativeArrayBuffer(length);
  const bytes = new NativeUint8Array(buffer);
  for (let i = 0; i < length; ++i) bytes[i] = r.bytes[at + i];
  return bufferFrom(buffer);
}

// Where bytes lie, unread.
function readRaw(r) {
  if (r.bytes[take(r, 1)] !== 8) throw 'bytes that are none';
  const length = readU32(r);
  const at = take(r, length);
  return new Range(at, r.at);
}

function readDefine(r) {
  const id = readU32(r);
  const object = readValue(r);
  if (typeof object !== 'object' || object === null) throw 'a definition of what has no identity';
  mapSet(known.ids, object, id);
  mapSet(known.objects, id, object);
  return object;
}

function readKnown(r) {
  const object = mapGet(known.objects, readU32(r));
  if (object === undefined) throw 'a known object that was never defined';
  return object;
}

function readValue(r) {
  const tag = r.bytes[take(r, 1)];
  switch (tag) {
    case 0: return undefined;
    case 1: return null;
    case 2: return false;
    case 3: return true;
    case 4: return readInteger(r);
    case 5: return readFloat(r);
    case 6: return NativeBigInt(readText(r));
    case 7: return readText(r);
    case 8: return readBytes(r);
    case 9: return new NativeDate(readFloat(r));
    case 10: return readList(r);
    case 11: return readObject(r);
    case 12: return readMap(r);
    case 13: return readSet(r);
    case 14: return readError(r);
    case 15: return readKnown(r);
    case 17: return readDefine(r);
    case 18: {
      const kind = readText(r);
      return r.makeControlled(kind, readFields(r));
    }
    default: throw `the tag ${tag}`;
  }
}

// The outermost object of a request, without prototype. `r` must end exactly behind it.
function readPayload(r) {
  if (r.bytes[take(r, 1)] !== 11) throw 'a payload that is not an object';
  const payload = readFields(r);
  if (r.at !== r.end) throw 'bytes behind the payload';
  return payload;
}

module.exports = { mapSet, setAdd, property, Reader, getU32, readRaw, readValue, readPayload };
