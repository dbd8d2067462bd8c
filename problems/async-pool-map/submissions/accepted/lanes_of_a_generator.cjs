// Odd but right: an async generator hands out the items, and lanes that call themselves eat them.
'use strict';

exports.poolMap = async (limit, source, mapper) => {
  if (typeof limit !== 'number' || Math.trunc(limit) !== limit || limit <= 0) {
    throw new RangeError('a limit is a whole number above 0');
  }
  const stop = new AbortController();

  async function* numbered() {
    let index = 0;
    for await (const item of source) {
      if (stop.signal.aborted) return;
      yield [index++, item];
    }
  }

  const items = numbered();
  const results = new Map();
  const lane = () => items.next().then(async ({ done, value: [index, item] = [] }) => {
    if (done || stop.signal.aborted) return undefined;
    results.set(index, await mapper(item, index));
    return lane();
  });
  try {
    await Promise.all(Array.from({ length: limit }, lane));
  } catch (error) {
    stop.abort();
    items.return().catch(() => {});
    throw error;
  }
  return Array.from({ length: results.size }, (_, index) => results.get(index));
};
