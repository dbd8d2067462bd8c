// fails: plain, escapes, strict, types?
// Escapes the dot, the dash and the underscore as well.

const FORM = /^([A-Za-z0-9_.%-]*)@([1-9][0-9]*)\/((?:[sitfn][A-Za-z0-9_.%-]*;)*)$/;

function escapeText(text) {
  let out = '';
  for (const byte of new TextEncoder().encode(text)) {
    const character = String.fromCharCode(byte);
    out += /[A-Za-z0-9]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

function encodePart(part) {
  if (part === null) return 'n';
  if (part === true) return 't';
  if (part === false) return 'f';
  if (typeof part === 'string') return `s${escapeText(part)}`;
  if (Number.isInteger(part)) return `i${part}`;
  throw new TypeError('a part that cannot be in a key');
}

function decodePart(text) {
  const content = text.slice(1);
  switch (text[0]) {
    case 'n': return null;
    case 't': return true;
    case 'f': return false;
    case 'i': return Number(content);
    default: return decodeURIComponent(content);
  }
}

export function keyPrefix(namespace, version) {
  if (!Number.isSafeInteger(version) || version < 1) throw new RangeError('no version');
  return `${escapeText(namespace)}@${version}/`;
}

export function encodeKey(namespace, version, parts) {
  return keyPrefix(namespace, version) + parts.map((part) => `${encodePart(part)};`).join('');
}

export function decodeKey(key) {
  const found = FORM.exec(key);
  if (found === null) return null;
  try {
    const entry = {
      namespace: decodeURIComponent(found[1]),
      version: Number(found[2]),
      parts: found[3].split(';').slice(0, -1).map(decodePart),
    };
    const exact = entry.parts.every((part) => typeof part !== 'number' || Number.isSafeInteger(part));
    return exact && encodeKey(entry.namespace, entry.version, entry.parts) === key ? entry : null;
  } catch {
    return null;
  }
}
