// Every worker runs its own loop over one iterator, which whoever fails closes.
export async function poolMap(limit, source, mapper) {
  if (!(limit > 0 && limit % 1 === 0)) throw new RangeError("limit");
  const out = [];
  let index = 0, broken = false;
  const feed = (source[Symbol.asyncIterator] ?? source[Symbol.iterator]).call(source);
  const shared = { [Symbol.iterator]: () => shared, [Symbol.asyncIterator]: () => shared, next: () => broken ?
  { done: true } : feed.next(), return: () => feed.return?.() ?? { done: true } };
  const isAsync = source[Symbol.asyncIterator] !== undefined;
  async function worker() {
    if (isAsync) for await (const item of shared) {
      if (broken) break;
      const i = index++;
      out[i] = await guard(() => mapper(item, i));
    }
    else for (const item of shared) {
      const i = index++;
      out[i] = await guard(() => mapper(item, i));
    }
  }
  async function guard(f) {
    try {
      return await f();
    } catch (e) {
      broken = true;
      throw e;
    }
  }
  await Promise.all(Array.from({ length: limit }, worker));
  return out;
}
