// Odd but right: the inputs report to an event emitter, and each combinator is a set of listeners.

import { EventEmitter, once } from 'node:events';

function listenTo(inputs) {
  const events = new EventEmitter();
  const list = Array.from(inputs);
  const outcomes = new Array(list.length);
  let settled = 0;
  const report = (name, index, value) => {
    outcomes[index] = { name, value };
    settled += 1;
    events.emit(name, value);
    if (settled === list.length) events.emit('complete', outcomes);
  };
  list.forEach((input, index) => {
    Promise.resolve(input).then(
      (value) => report('value', index, value),
      (reason) => report('reason', index, reason),
    );
  });
  if (list.length === 0) setImmediate(() => events.emit('complete', outcomes));
  return events;
}

export async function all(inputs) {
  const events = listenTo(inputs);
  return new Promise((resolve, reject) => {
    events.once('reason', reject);
    events.once('complete', (outcomes) => resolve(outcomes.map(({ value }) => value)));
  });
}

export async function allSettled(inputs) {
  const [outcomes] = await once(listenTo(inputs), 'complete');
  return outcomes.map(({ name, value }) =>
    name === 'value' ? { status: 'fulfilled', value } : { status: 'rejected', reason: value },
  );
}

export async function race(inputs) {
  const events = listenTo(inputs);
  return new Promise((resolve, reject) => {
    events.once('value', resolve);
    events.once('reason', reject);
  });
}

export async function any(inputs) {
  const events = listenTo(inputs);
  return new Promise((resolve, reject) => {
    events.once('value', resolve);
    events.once('complete', (outcomes) => {
      reject(new AggregateError(outcomes.map(({ value }) => value)));
    });
  });
}
