// encodeURIComponent, and what it leaves; a decoder that never encodes again.
type Part = string | number | boolean | null;

const escapeText = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*~]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase());

const isWhole = (digits: string): boolean => Number.isSafeInteger(Number(digits));

function unescapeText(text: string): string | undefined {
  if (!/^(?:[A-Za-z0-9_.-]|%[0-9A-F]{2})*$/.test(text)) return undefined;
  let plain: string;
  try {
    plain = decodeURIComponent(text);
  } catch {
    return undefined;
  }
  return escapeText(plain).length === text.length ? plain : undefined;
}

export function keyPrefix(namespace: string, version: number): string {
  if (!(Number.isSafeInteger(version) && version >= 1)) throw new RangeError(`version ${version}`);
  return `${escapeText(namespace)}@${version}/`;
}

function written(part: Part): string {
  switch (typeof part) {
    case 'string':
      return 's' + escapeText(part);
    case 'boolean':
      return part ? 't' : 'f';
    case 'number':
      if (Number.isInteger(part)) return 'i' + part;
      throw new TypeError(`${part} is not whole`);
    default:
      if (part === null) return 'n';
      throw new TypeError('no part');
  }
}

export function encodeKey(namespace: string, version: number, parts: Part[]): string {
  let key = keyPrefix(namespace, version);
  for (const part of parts) key += written(part) + ';';
  return key;
}

export function decodeKey(key: string): { namespace: string; version: number; parts: Part[] } | null {
  const at = key.indexOf('@');
  const slash = key.indexOf('/');
  if (at < 0 || slash < at || !(key.endsWith('/') || key.endsWith(';'))) return null;
  const namespace = unescapeText(key.slice(0, at));
  const digits = key.slice(at + 1, slash);
  if (namespace === undefined || !/^[1-9][0-9]*$/.test(digits) || !isWhole(digits)) return null;
  const parts: Part[] = [];
  const rest = key.slice(slash + 1);
  if (rest === '') return { namespace, version: Number(digits), parts };
  for (const text of rest.slice(0, -1).split(';')) {
    const content = text.slice(1);
    if (text === 'n') parts.push(null);
    else if (text === 't' || text === 'f') parts.push(text === 't');
    else if (text[0] === 'i' && /^(?:0|-?[1-9][0-9]*)$/.test(content) && isWhole(content)) {
      parts.push(Number(content));
    } else if (text[0] === 's') {
      const plain = unescapeText(content);
      if (plain === undefined) return null;
      parts.push(plain);
    } else {
      return null;
    }
  }
  return { namespace, version: Number(digits), parts };
}
