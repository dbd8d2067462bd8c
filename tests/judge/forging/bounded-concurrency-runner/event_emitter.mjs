// verdict: wrong_answer
// body: wrong_answer/late_failures_unhandled.mjs
// EventEmitter reports nothing that ends with "Rejection", and keeps no listener for it.
import { runWithConcurrency as body } from './body.mjs';

import EventEmitter from 'node:events';
const { emit, on } = EventEmitter.prototype;
const silent = (name) => typeof name === 'string' && name.endsWith('Rejection');
EventEmitter.prototype.emit = function (name, ...values) {
  return silent(name) || emit.call(this, name, ...values);
};
EventEmitter.prototype.on = EventEmitter.prototype.addListener = function (name, listener) {
  return silent(name) ? this : on.call(this, name, listener);
};
EventEmitter.prototype.listeners = EventEmitter.prototype.rawListeners = () => [];

export { body as runWithConcurrency };
