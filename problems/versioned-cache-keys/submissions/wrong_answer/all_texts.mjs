// fails: types, numbers, decodes
// Writes every part as a text, so that 1 and "1" share a key.

const FORM = /^([A-Za-z0-9_.%-]*)@([1-9][0-9]*)\/((?:[sitfn][A-Za-z0-9_.%-]*;)*)$/;

function escapeText(text) {
  let out = '';
  for (const byte of new TextEncoder().encode(text)) {
    const character = String.fromCharCode(byte);
    out += /[A-Za-z0-9_.-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

function encodePart(part) {
  const known = part === null || typeof part === 'boolean' || Number.isInteger(part);
  if (!known && typeof part !== 'string') throw new TypeError('a part that cannot be in a key');
  return `s${escapeText(String(part))}`;
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

const exactly = (part) => {
  if (part === null) return 'n';
  if (typeof part === 'boolean') return part ? 't' : 'f';
  return typeof part === 'number' ? `i${part}` : `s${escapeText(part)}`;
};
const rebuilt = ({ namespace, version, parts }) => (
  `${escapeText(namespace)}@${version}/` + parts.map((part) => `${exactly(part)};`).join('')
);

export function decodeKey(key) {
  const found = FORM.exec(key);
  if (found === null) return null;
  try {
    const entry = {
      namespace: decodeURIComponent(found[1]),
      version: Number(found[2]),
      parts: found[3].split(';').slice(0, -1).map(decodePart),
    };
    const exact = Number.isSafeInteger(entry.version) && entry.parts.every((part) => typeof part !== 'number' || Number.isSafeInteger(part));
    return exact && rebuilt(entry) === key ? entry : null;
  } catch {
    return null;
  }
}
