// Frames over the inherited descriptor (PROTOCOL.md, "Transport"), with blocking calls.
// Nobody but the judge and this file knows the number of the request at hand: whoever knew it could
// answer beside the shim. It is kept as bytes, which snapshots of the heap leave out, and stands in
// frames only while they are read or written, so that looking for frames in memory finds nothing.
'use strict';

const fs = require('node:fs');
const {
  Writer, putU32, reserve, uncurry, writeEvent, writeEventsHead, writePayload,
} = require('./encode.cjs');
const { getU32 } = require('./decode.cjs');

const CHANNEL = 3, EVENTS = 80;
const MAX_REQUEST = 16 * 1024 * 1024, FLUSH_ABOVE = 256 * 1024, FIRST_SIZE = 64 * 1024;

const { readSync, writeSync } = fs;
const { reallyExit } = process;
const pauseCell = new Int32Array(new SharedArrayBuffer(4));
const sleep = Atomics.wait;
const NativeUint8Array = Uint8Array;
const copyWithin = uncurry(Uint8Array.prototype.copyWithin);

const out = new Writer();
let spare = new Writer();
const packed = new Writer();
let input = new NativeUint8Array(FIRST_SIZE);
let inputSize = FIRST_SIZE, filled = 0, taken = 0;
const sequence = new NativeUint8Array(new ArrayBuffer(4));

function blocking(operation) {
  for (;;) {
    try {
      return operation();
    } catch (error) {
      if (error?.code !== 'EAGAIN') reallyExit(0);  // the judge is gone
      sleep(pauseCell, 0, 0, 1);                    // somebody made the socket non-blocking
    }
  }
}

// Puts the request's number into all frames that are ready, or takes it out again.
function number(present) {
  for (let at = 0; at < out.at; at += 4 + getU32(out.bytes, at)) {
    for (let i = 0; i < 4; ++i) out.bytes[at + 5 + i] = present ? sequence[i] : 0;
  }
}

function flush() {
  number(true);
  let done = 0;
  while (done < out.at) done += blocking(() => writeSync(CHANNEL, out.bytes, done, out.at - done));
  number(false);
  out.at = 0;
}

// Appends one frame, whose payload has these keys and values in turn. Reading a value may run code
// of the submission that sends in turn, hence the spare writers.
function send(type, pairs) {
  const w = spare ?? new Writer();
  spare = undefined;
  w.at = 9;
  writePayload(w, pairs);
  putHead(w, type, w.at);
  copy(w, out);
  spare = w;
  if (out.at > FLUSH_ABOVE) flush();
}

// The head of the frame that begins where `w` does and is `size` long.
function putHead(w, type, size) {
  putU32(w, 0, size - 4);
  w.bytes[4] = type;
  putU32(w, 5, 0);
}

function copy(from, to) {
  reserve(to, from.at);
  for (let i = 0; i < from.at; ++i) to.bytes[to.at + i] = from.bytes[i];
  to.at += from.at;
}

// Appends one event to those that become one frame, EVENTS. Answers how many bytes it took.
function pack(type, pairs) {
  const w = spare ?? new Writer();
  spare = undefined;
  w.at = 0;
  writeEvent(w, type, pairs);
  if (packed.at + w.at > FLUSH_ABOVE) sendPacked();
  copy(w, packed);
  spare = w;
  return w.at;
}

// Sends the events that were packed.
function sendPacked() {
  if (packed.at === 0) return;
  const w = spare ?? new Writer();
  spare = undefined;
  w.at = 9;
  writeEventsHead(w, packed.at);
  putHead(w, EVENTS, w.at + packed.at);
  copy(w, out);
  copy(packed, out);
  packed.at = 0;
  spare = w;
  if (out.at > FLUSH_ABOVE) flush();
}

function fill(count) {
  if (count > inputSize) {
    inputSize = count;
    const larger = new NativeUint8Array(inputSize);
    for (let i = 0; i < filled; ++i) larger[i] = input[i];
    input = larger;
  }
  while (filled < count) {
    const got = blocking(() => readSync(CHANNEL, input, filled, inputSize - filled, null));
    if (got === 0) reallyExit(0);
    filled += got;
  }
}

// Blocks for the next request; its payload lies in `bytes` until the call after this one.
function nextRequest() {
  copyWithin(input, 0, taken, filled);
  filled -= taken;
  taken = 0;
  fill(4);
  const length = getU32(input, 0);
  if (length < 5 || length > MAX_REQUEST) reallyExit(70);
  fill(4 + length);
  taken = 4 + length;
  for (let i = 0; i < 4; ++i) {
    sequence[i] = input[5 + i];
    input[5 + i] = 0;
  }
  return { __proto__: null, type: input[4], bytes: input, start: 9, end: taken };
}

module.exports = { CHANNEL, flush, nextRequest, pack, send, sendPacked };
