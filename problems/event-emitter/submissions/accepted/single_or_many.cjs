// A lone record, or an array of them, under a prefixed name in an object without prototype.
'use strict';

function Listening(fn, once) {
  this.fn = fn;
  this.once = once;
  this.spent = false;
}

function Emitter(options) {
  options = options || {};
  this._max = options.maxListeners === undefined ? 10 : options.maxListeners;
  this._warn = options.onTooMany;
  this._warned = Object.create(null);
  this._events = Object.create(null);
}

function list(emitter, key) {
  const held = emitter._events[key];
  if (!held) return [];
  return Array.isArray(held) ? held : [held];
}

function store(emitter, key, records) {
  if (records.length === 0) delete emitter._events[key];
  else emitter._events[key] = records.length === 1 ? records[0] : records;
}

function add(emitter, event, fn, once, first) {
  if (typeof fn !== 'function') throw new TypeError('The listener must be a function');
  const key = '~' + event;
  const record = new Listening(fn, once);
  const records = list(emitter, key);
  const next = first ? [record].concat(records) : records.concat(record);
  store(emitter, key, next);
  if (next.length > emitter._max && !emitter._warned[key]) {
    emitter._warned[key] = true;
    if (emitter._warn) emitter._warn(event);
  }
  return emitter;
}

Emitter.prototype.on = function on(event, fn) { return add(this, event, fn, false, false); };
Emitter.prototype.once = function once(event, fn) { return add(this, event, fn, true, false); };
Emitter.prototype.prepend = function prepend(event, fn) { return add(this, event, fn, false, true); };

Emitter.prototype.off = function off(event, fn) {
  const records = list(this, '~' + event);
  for (let i = records.length; i-- > 0;) {
    if (records[i].fn !== fn) continue;
    store(this, '~' + event, records.slice(0, i).concat(records.slice(i + 1)));
    return this;
  }
  return this;
};

Emitter.prototype.removeAll = function removeAll(event) {
  if (arguments.length === 0) this._events = Object.create(null);
  else delete this._events['~' + event];
  return this;
};

Emitter.prototype.count = function count(event) { return list(this, '~' + event).length; };

Emitter.prototype.emit = function emit(event, a, b, c) {
  const key = '~' + event;
  const records = list(this, key);
  if (records.length === 0) {
    if (event === 'error') throw a;
    return false;
  }
  const rest = Array.prototype.slice.call(arguments, 1);
  for (let i = 0; i < records.length; ++i) {
    const record = records[i];
    if (record.once) {
      if (record.spent) continue;
      record.spent = true;
      store(this, key, list(this, key).filter(function (each) { return each !== record; }));
    }
    switch (rest.length) {
      case 0: record.fn.call(this); break;
      case 1: record.fn.call(this, a); break;
      case 2: record.fn.call(this, a, b); break;
      case 3: record.fn.call(this, a, b, c); break;
      default: record.fn.apply(this, rest);
    }
  }
  return true;
};

Object.freeze(Emitter.prototype);
module.exports = { Emitter };
