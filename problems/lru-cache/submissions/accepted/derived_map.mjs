// Odd but right: is a Map, whose order is the order of use; `set` answers the cache, as Map's does.
export class LruCache extends Map {
  #capacity;
  #onEvict;

  constructor(capacity, options) {
    super();
    if (!Number.isSafeInteger(capacity) || capacity <= 0) throw new RangeError(`capacity ${capacity}`);
    this.#capacity = capacity;
    this.#onEvict = options?.onEvict ?? (() => {});
    Object.defineProperty(this, 'size', { value: () => this.#count() });
  }

  #count() {
    return Reflect.get(Map.prototype, 'size', this);
  }

  get(key) {
    if (!super.has(key)) return undefined;
    const value = super.get(key);
    super.delete(key);
    super.set(key, value);
    return value;
  }

  set(key, value) {
    if (!super.delete(key) && this.#count() >= this.#capacity) {
      for (const [oldest, evicted] of this) {
        super.delete(oldest);
        this.#onEvict(oldest, evicted, this);
        break;
      }
    }
    return super.set(key, value);
  }
}
