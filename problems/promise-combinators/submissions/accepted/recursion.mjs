// Odd but right: the iterator is walked by recursion, one level an input; a table of records and
// the number of inputs, known only at the end of the walk, say when everything has settled.

const outcomeOf = (input) =>
  Promise.resolve(input).then(
    (value) => ({ status: 'fulfilled', value }),
    (reason) => ({ status: 'rejected', reason }),
  );

// Calls `visit` with the promise of each input's record, then `end` with the number of inputs.
function walk(iterator, visit, end, index = 0) {
  const { done, value } = iterator.next();
  if (done) return end(index);
  visit(outcomeOf(value), index);
  return walk(iterator, visit, end, index + 1);
}

function collect(inputs, stop, finish) {
  return new Promise((resolve, reject) => {
    const records = {};
    let size = Infinity;
    const check = () => {
      if (Object.keys(records).length === size) finish(Object.values(records), resolve, reject);
    };
    walk(
      inputs[Symbol.iterator](),
      (outcome, index) =>
        outcome.then((record) => {
          records[index] = record;
          if (stop === record.status || stop === 'either') {
            if (record.status === 'fulfilled') resolve(record.value);
            else reject(record.reason);
          } else {
            check();
          }
        }),
      (count) => {
        size = count;
        check();
      },
    );
  });
}

export function all(inputs) {
  return collect(inputs, 'rejected', (records, resolve) => resolve(records.map((r) => r.value)));
}

export function allSettled(inputs) {
  return collect(inputs, 'neither', (records, resolve) => resolve(records));
}

export function race(inputs) {
  return collect(inputs, 'either', () => {});
}

export function any(inputs) {
  return collect(inputs, 'fulfilled', (records, resolve, reject) =>
    reject(new AggregateError(records.map((r) => r.reason))),
  );
}
