// Writes values in their wire form (PROTOCOL.md, "Values") for the Node shim.
// The submission shares this realm and may patch whatever it can reach, so everything used here was
// captured before it was loaded, and live objects are read by own properties only: no iteration
// protocol, no toJSON, no toString.
'use strict';

const nodeUtil = require('node:util');

const { types } = nodeUtil;
const uncurry = Function.prototype.bind.bind(Function.prototype.call);
const { apply, construct } = Reflect;
const { setPrototypeOf } = Object;
const { getPrototypeOf, keys, hasOwn, getOwnPropertyDescriptor } = Object;
const objectPrototype = Object.prototype;
const { isArray } = Array;
const { isSafeInteger } = Number;
const { isNativeError, isDate, isMap, isSet, isArrayBufferView, isAnyArrayBuffer } = types;
const { isPromise } = types;
const charCodeAt = uncurry(String.prototype.charCodeAt);
const slice = uncurry(String.prototype.slice);
const NativeMap = Map, NativeUint8Array = Uint8Array;
const getTime = uncurry(Date.prototype.getTime);
const mapGet = uncurry(Map.prototype.get);
const mapHas = uncurry(Map.prototype.has);
const mapDelete = uncurry(Map.prototype.delete);
const mapForEach = uncurry(Map.prototype.forEach);
const getter = (prototype, name) => uncurry(getOwnPropertyDescriptor(prototype, name).get);
const setForEach = uncurry(Set.prototype.forEach);
const typedArray = getPrototypeOf(Uint8Array.prototype);
const copyInto = uncurry(typedArray.set);
const viewBuffer = getter(typedArray, 'buffer'), viewOffset = getter(typedArray, 'byteOffset');
const viewLength = getter(typedArray, 'byteLength');
const dataBuffer = getter(DataView.prototype, 'buffer');
const dataOffset = getter(DataView.prototype, 'byteOffset');
const dataLength = getter(DataView.prototype, 'byteLength');
const { isDataView, isProxy } = types;
const domName = getter(DOMException.prototype, 'name');
const domMessage = getter(DOMException.prototype, 'message');
const errorPrototype = Error.prototype, domPrototype = DOMException.prototype;

const MAX_DEPTH = 64, MAX_VALUES = 1_000_000, MAX_PROTOTYPES = 32;
const MAX_BYTES = 8 * 1024 * 1024 - 4096;  // of one payload; a frame may have 8 MiB
const TOO_LARGE = { __proto__: null };     // thrown through the walk; a submission never sees it

// An array without prototype: setters planted on Array.prototype do not see what is stored in it.
const bareArray = () => setPrototypeOf([], null);
const append = (list, value) => { list[list.length] = value; };
const float = new Float64Array(1);
const floatBytes = new Uint8Array(viewBuffer(float));

class Writer {
  path = bareArray();  // of the value being written: those it lies in, by depth
  at = 0;
  values = 0;
  size = 4096;
  bytes = new NativeUint8Array(4096);
}

function reserve(w, more) {
  if (w.at + more <= w.size) return;
  let size = w.size * 2;
  while (size < w.at + more) size *= 2;
  const bytes = new NativeUint8Array(size);
  copyInto(bytes, w.bytes);
  w.bytes = bytes;
  w.size = size;
}

function putU32(w, at, value) {
  w.bytes[at] = value & 255;
  w.bytes[at + 1] = (value >>> 8) & 255;
  w.bytes[at + 2] = (value >>> 16) & 255;
  w.bytes[at + 3] = value >>> 24;
}

function writeTag(w, tag) {
  if (++w.values > MAX_VALUES || w.at > MAX_BYTES) throw TOO_LARGE;
  reserve(w, 16);
  w.bytes[w.at++] = tag;
}

function writeU32(w, value) {
  reserve(w, 4);
  putU32(w, w.at, value);
  w.at += 4;
}

function writeFloat(w, value) {
  float[0] = value;
  for (let i = 0; i < 8; ++i) w.bytes[w.at++] = floatBytes[i];
}

function writeInteger(w, value) {
  const low = value >>> 0;
  putU32(w, w.at, low);
  putU32(w, w.at + 4, (value - low) / 4294967296);
  w.at += 8;
}

function writeText(w, text) {
  const length = text.length;
  if (length > MAX_BYTES) throw TOO_LARGE;
  reserve(w, 4 + 3 * length);
  const { bytes } = w;
  let at = w.at + 4;
  for (let i = 0; i < length; ++i) {
    let code = charCodeAt(text, i);
    if (code < 0x80) {
      bytes[at++] = code;
      continue;
    }
    const next = code >= 0xd800 && code <= 0xdbff && i + 1 < length ? charCodeAt(text, i + 1) : 0;
    if (next >= 0xdc00 && next <= 0xdfff) {
      code = 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00);
      ++i;
      bytes[at++] = 0xf0 | (code >> 18);
      bytes[at++] = 0x80 | ((code >> 12) & 63);
    } else if (code >= 0x800) {
      bytes[at++] = 0xe0 | (code >> 12);
    } else {
      bytes[at++] = 0xc0 | (code >> 6);
      bytes[at++] = 0x80 | (code & 63);
      continue;
    }
    bytes[at++] = 0x80 | ((code >> 6) & 63);
    bytes[at++] = 0x80 | (code & 63);
  }
  putU32(w, w.at, at - w.at - 4);
  w.at = at;
}

function writeOpaque(w, what) {
  writeTag(w, 16);
  writeText(w, what);
}

function writeBytes(w, buffer, offset, length) {
  if (length > MAX_BYTES) throw TOO_LARGE;
  writeTag(w, 8);
  writeU32(w, length);
  reserve(w, length);
  copyInto(w.bytes, new NativeUint8Array(buffer, offset, length), w.at);
  w.at += length;
}

// Own data property, else undefined: no getter runs.
function ownData(object, key) {
  const descriptor = getOwnPropertyDescriptor(object, key);
  return descriptor !== undefined && hasOwn(descriptor, 'value') ? descriptor.value : undefined;
}

// The names of the classes of `object`, most derived first, ending before Object; `error`: one of
// them is Error; `dom`: one is DOMException.
function classesOf(object) {
  const names = bareArray();
  let count = 0, error = isNativeError(object), dom = false;
  let prototype = getPrototypeOf(object);
  for (let i = 1; i < MAX_PROTOTYPES; ++i) {
    if (prototype === null || prototype === objectPrototype) break;
    const maker = ownData(prototype, 'constructor');
    const name = typeof maker === 'function' ? ownData(maker, 'name') : undefined;
    if (typeof name === 'string' && name !== '') names[count++] = slice(name, 0, 100);
    if (prototype === errorPrototype) error = true;
    if (prototype === domPrototype) dom = true;
    prototype = getPrototypeOf(prototype);
  }
  return { __proto__: null, names, count, error, dom };
}

function domText(read, error) {
  try {
    return read(error);
  } catch {
    return undefined;  // made of its prototype by other means
  }
}

// What `error.name` says, as far as data properties tell.
function effectiveName(error) {
  let object = error;
  for (let i = 0; i < MAX_PROTOTYPES && object !== null; ++i) {
    const name = ownData(object, 'name');
    if (typeof name === 'string') return slice(name, 0, 100);
    object = getPrototypeOf(object);
  }
  return undefined;
}

function writeError(w, error, classes, depth, path) {
  const name = (classes.dom ? domText(domName, error) : undefined) ?? effectiveName(error);
  let listed = name === undefined || name === '';
  for (let i = 0; i < classes.count; ++i) listed ||= classes.names[i] === name;
  writeTag(w, 14);
  writeU32(w, classes.count + (listed ? 0 : 1));
  if (!listed) writeText(w, name);
  for (let i = 0; i < classes.count; ++i) writeText(w, classes.names[i]);
  let message;
  if (hasOwn(error, 'message')) ({ message } = error);
  else if (classes.dom) message = domText(domMessage, error);
  writeText(w, typeof message === 'string' ? message : '');
  const start = w.at;
  let count = 0;
  writeU32(w, 0);
  const field = (key) => {
    if (!hasOwn(error, key)) return;
    ++count;
    writeText(w, key);
    write(w, error[key], depth + 1, path);
  };
  field('errors');
  field('cause');
  field('code');
  putU32(w, start, count);
}

function writeFields(w, object, depth, path) {
  const names = keys(object);
  const count = names.length;
  if (count > MAX_VALUES) throw TOO_LARGE;
  writeTag(w, 11);
  writeU32(w, count);
  for (let i = 0; i < count; ++i) {
    writeText(w, names[i]);
    write(w, object[names[i]], depth + 1, path);
  }
}

function writeList(w, list, depth, path) {
  const { length } = list;
  if (length > MAX_VALUES) throw TOO_LARGE;
  writeTag(w, 10);
  writeU32(w, length);
  for (let i = 0; i < length; ++i) write(w, hasOwn(list, i) ? list[i] : undefined, depth + 1, path);
}

// Counts what is written, because reading a member may add another.
function writeMembers(w, tag, forEach) {
  writeTag(w, tag);
  const start = w.at;
  let count = 0;
  writeU32(w, 0);
  forEach(() => ++count);
  putU32(w, start, count);
}

function writeView(w, view) {
  if (isDataView(view)) writeBytes(w, dataBuffer(view), dataOffset(view), dataLength(view));
  else writeBytes(w, viewBuffer(view), viewOffset(view), viewLength(view));
}

function writeObject(w, object, depth, path) {
  if (isArray(object)) return writeList(w, object, depth, path);
  const prototype = getPrototypeOf(object);
  if ((prototype === objectPrototype || prototype === null) && !isNativeError(object)) {
    return writeFields(w, object, depth, path);
  }
  if (isMap(object)) {
    return writeMembers(w, 12, (count) => mapForEach(object, (value, key) => {
      count();
      write(w, key, depth + 1, path);
      write(w, value, depth + 1, path);
    }));
  }
  if (isSet(object)) {
    return writeMembers(w, 13, (count) => setForEach(object, (value) => {
      count();
      write(w, value, depth + 1, path);
    }));
  }
  if (isDate(object)) {
    writeTag(w, 9);
    return writeFloat(w, getTime(object));
  }
  if (isArrayBufferView(object)) return writeView(w, object);
  if (isAnyArrayBuffer(object)) {
    const view = new NativeUint8Array(object);
    return writeBytes(w, object, 0, viewLength(view));
  }
  if (isPromise(object)) return writeOpaque(w, 'promise');
  const classes = classesOf(object);
  if (classes.error) return writeError(w, object, classes, depth, path);
  return writeOpaque(w, classes.count > 0 ? `instance of ${classes.names[0]}` : 'object');
}

// The identities of the current case: what the judge defined, by object and by id.
const known = { __proto__: null, ids: new NativeMap(), objects: new NativeMap() };
function forgetKnown() {
  known.ids = new NativeMap();
  known.objects = new NativeMap();
}

function writeReference(w, object, depth, path) {
  const id = mapGet(known.ids, object);
  if (id !== undefined) {
    writeTag(w, 15);
    return writeU32(w, id);
  }
  if (typeof object === 'function') {
    const name = isProxy(object) ? undefined : ownData(object, 'name');
    const named = typeof name === 'string' && name !== '';
    return writeOpaque(w, named ? `function ${slice(name, 0, 100)}` : 'function');
  }
  for (let i = 0; i < depth; ++i) if (path[i] === object) return writeOpaque(w, 'cycle');
  if (depth >= MAX_DEPTH) return writeOpaque(w, 'nested too deep');
  const { at } = w;
  path[depth] = object;
  try {
    writeObject(w, object, depth, path);
  } catch (error) {
    if (error === TOO_LARGE) throw error;
    w.at = at;
    writeOpaque(w, 'object that throws when it is read');
  }
  path[depth] = undefined;
}

function write(w, value, depth, path) {
  switch (typeof value) {
    case 'undefined': return writeTag(w, 0);
    case 'boolean': return writeTag(w, value ? 3 : 2);
    case 'number': {
      const integer = isSafeInteger(value) && (value !== 0 || 1 / value > 0);
      writeTag(w, integer ? 4 : 5);
      return integer ? writeInteger(w, value) : writeFloat(w, value);
    }
    case 'bigint':
      writeTag(w, 6);
      return writeText(w, `${value}`);
    case 'string':
      writeTag(w, 7);
      return writeText(w, value);
    case 'symbol': return writeOpaque(w, 'symbol');
    default: return value === null ? writeTag(w, 1) : writeReference(w, value, depth, path);
  }
}

// A value too large becomes opaque.
function writeBounded(w, value) {
  const { at } = w;
  w.values = 1;
  try {
    write(w, value, 1, w.path);
    if (w.at > MAX_BYTES) throw TOO_LARGE;
  } catch (error) {
    if (error !== TOO_LARGE) throw error;
    w.at = at;
    w.values = 1;
    writeOpaque(w, 'value too large to send');
  }
}

// A payload: an object of these keys and values, given in turn.
function writePayload(w, pairs) {
  writeTag(w, 11);
  writeU32(w, pairs.length / 2);
  for (let i = 0; i < pairs.length; i += 2) {
    writeText(w, pairs[i]);
    writeBounded(w, pairs[i + 1]);
  }
}

// An event in EVENTS: these values without their keys, and without the case, which is known.
function writeEvent(w, type, pairs) {
  reserve(w, 1);
  w.bytes[w.at++] = type;
  for (let i = 0; i < pairs.length; i += 2) if (pairs[i] !== 'case') writeBounded(w, pairs[i + 1]);
}

// The head of an EVENTS payload, whose one value are so many bytes.
function writeEventsHead(w, length) {
  writeTag(w, 11);
  writeU32(w, 1);
  writeText(w, 'events');
  writeTag(w, 8);
  writeU32(w, length);
}

module.exports = {
  Writer, append, apply, bareArray, construct, forgetKnown, isPromise, known, mapDelete, mapForEach,
  mapGet, mapHas, ownData, putU32, reserve, uncurry, viewLength, writeEvent, writeEventsHead,
  writePayload,
};
