// Values that came from outside, as predicates see them. Each arrives as a *description*: a
// primitive
// itself, or a list whose first item names what it is; so nothing can look like what it is not.

class ErrorView {
  constructor(classes, message, fields) {
    this.classes = classes;
    this.name = classes[0] ?? 'Error';
    this.message = message;
    Object.assign(this, fields);
  }
}
class OpaqueView {
  constructor(what) {
    this.what = what;
  }
}
class BytesView {
  constructor(hex) {
    this.hex = hex;
  }
}
class DateView {
  constructor(ms) {
    this.ms = ms;
  }
}

export const revive = (described, known) => {
  if (!Array.isArray(described)) return described;
  const deep = (d) => revive(d, known);
  const [kind, a, b, c] = described;
  switch (kind) {
    case 'known':
      return known.get(a) ?? new OpaqueView('an unknown object');
    case 'list':
      return a.map(deep);
    case 'object': {
      const o = Object.create(null);
      for (const [k, v] of a) o[k] = deep(v);
      return o;
    }
    case 'map':
      return new Map(a.map(([k, v]) => [deep(k), deep(v)]));
    case 'set':
      return new Set(a.map(deep));
    case 'error': {
      const f = Object.create(null);
      for (const [k, v] of c) f[k] = deep(v);
      return new ErrorView(a, b, f);
    }
    case 'bigint':
      return BigInt(a);
    case 'bytes':
      return new BytesView(a);
    case 'date':
      return new DateView(a);
    default:
      return new OpaqueView(String(a));
  }
};

export const same = (a, b) => {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (
    madeByJudge.has(a) ||
    madeByJudge.has(b) ||
    a instanceof OpaqueView ||
    b instanceof OpaqueView
  )
    return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b))
    return plain(a) && plain(b) && sameFields(a, b);
  if (Array.isArray(a)) return a.length === b.length && a.every((x, i) => same(x, b[i]));
  if (a instanceof Map) return sameEntries([...a], [...b]);
  if (a instanceof Set)
    return a.size === b.size && [...a].every((x) => [...b].some((y) => same(x, y)));
  if (a instanceof ErrorView) return a.message === b.message && same(a.classes, b.classes);
  if (a instanceof BytesView) return a.hex === b.hex;
  if (a instanceof DateView) return Object.is(a.ms, b.ms);
  return sameFields(a, b);
};
const plain = (o) => [null, Object.prototype].includes(Object.getPrototypeOf(o));
const sameFields = (a, b) => {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((k) => Object.hasOwn(b, k) && same(a[k], b[k]))
  );
};
const sameEntries = (a, b) =>
  a.length === b.length && a.every(([k, v]) => b.some(([l, w]) => same(k, l) && same(v, w)));

export const isError = (value, ...names) =>
  value instanceof ErrorView && value.classes.some((c) => names.includes(c));

const madeByJudge = new Map(); // object the judge made -> what to call it
const tokens = new Map(); // unpredictable string -> what to call it

// Begins a new trace: `named` are its unpredictable strings, with what to call them.
export const forgetNames = (named) => {
  madeByJudge.clear();
  tokens.clear();
  for (const [token, label] of named) tokens.set(token, label);
};
export const nameObject = (object, label) => madeByJudge.set(object, label);

export const show = (value, depth = 0) => {
  if (typeof value === 'string')
    return (
      tokens.get(value) ?? JSON.stringify(value.length > 60 ? value.slice(0, 57) + '...' : value)
    );
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'a function';
  if (value === null || typeof value !== 'object')
    return Object.is(value, -0) ? '-0' : String(value);
  if (madeByJudge.has(value)) return madeByJudge.get(value);
  if (value instanceof ErrorView) return `${value.name}(${show(value.message)})`;
  if (value instanceof OpaqueView) return `<${value.what.slice(0, 60)}>`;
  if (depth > 2) return '...';
  const some = (items) => items.slice(0, 8).join(', ') + (items.length > 8 ? ', ...' : '');
  if (Array.isArray(value)) return `[${some(value.map((v) => show(v, depth + 1)))}]`;
  if (value instanceof Set) return `Set {${some([...value].map((v) => show(v, depth + 1)))}}`;
  if (value instanceof Map) {
    const entries = [...value].map((pair) => pair.map((v) => show(v, depth + 1)).join(' => '));
    return `Map {${some(entries)}}`;
  }
  if (value instanceof DateView) return `Date(${value.ms})`;
  if (value instanceof BytesView) return `bytes ${value.hex.slice(0, 40)}`;
  return `{${some(Object.keys(value).map((k) => `${k}: ${show(value[k], depth + 1)}`))}}`;
};
