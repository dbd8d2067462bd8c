// fails: plain, escapes, types, numbers, decodes, strict
// Joins what it is given with colons.

export const keyPrefix = (namespace, version) => {
  if (!Number.isSafeInteger(version) || version < 1) throw new RangeError('no version');
  return `${namespace}:${version}:`;
};

export const encodeKey = (namespace, version, parts) => {
  if (parts.some((part) => typeof part === 'object' && part !== null || part % 1 !== 0 && typeof part === 'number')) {
    throw new TypeError('a part that cannot be in a key');
  }
  return keyPrefix(namespace, version) + parts.join(':');
};

export const decodeKey = (key) => {
  const [namespace, version, ...parts] = key.split(':');
  return { namespace, version: Number(version), parts };
};
