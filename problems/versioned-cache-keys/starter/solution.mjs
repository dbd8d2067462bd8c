export function encodeKey(namespace, version, parts) {
  throw new Error('not written yet');
}

export function decodeKey(key) {
  throw new Error('not written yet');
}

export function keyPrefix(namespace, version) {
  throw new Error('not written yet');
}
