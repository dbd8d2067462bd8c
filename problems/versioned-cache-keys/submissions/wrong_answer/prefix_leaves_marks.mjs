// fails: prefix
// The prefix is escaped otherwise than the keys: encodeURIComponent leaves some marks.
const MAX = Number.MAX_SAFE_INTEGER;
const escapeText = (text) => text.replace(/[^A-Za-z0-9_.-]/gu, (c) => [...Buffer.from(c)].map((b) => "\
%" + b.toString(16).toUpperCase().padStart(2, "0")).join(""));
function unescapeText(text) {
  const bytes = [];
  for (let i = 0; i < text.length; i++) {
    if (/[A-Za-z0-9_.-]/.test(text[i])) {
      bytes.push(text.charCodeAt(i));
      continue;
    }
    const hex = /^%([0-9A-F]{2})/.exec(text.slice(i, i + 3));
    if (!hex) return null;
    bytes.push(parseInt(hex[1], 16));
    i += 2;
  }
  try {
    const out = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(new Uint8Array(bytes));
    return escapeText(out) === text ? out : null;
  } catch {
    return null;
  }
}
function checked(version) {
  if (!(Number.isInteger(version) && version >= 1 && version <= MAX)) throw new RangeError("version");
  return version;
}
export function keyPrefix(namespace, version) {
  return encodeURIComponent(namespace) + "@" + checked(version) + "/";
}
function written(part) {
  if (part === null) return "n;";
  switch (typeof part) {
    case "boolean":
      return part ? "t;" : "f;";
    case "string":
      return "s" + escapeText(part) + ";";
    case "number":
      if (Number.isInteger(part)) return "i" + part + ";";
  }
  throw new TypeError("part");
}
export function encodeKey(namespace, version, parts) {
  return [escapeText(namespace), "@", checked(version), "/", ...parts.map(written)].join("");
}
function read(text) {
  if (text === "n") return [null];
  if (text === "t") return [true];
  if (text === "f") return [false];
  if (text[0] === "s") {
    const t = unescapeText(text.slice(1));
    return t === null ? null : [t];
  }
  if (/^i(0|-?[1-9][0-9]{0,15})$/.test(text)) {
    const n = Number(text.slice(1));
    return Math.abs(n) <= MAX ? [n] : null;
  }
  return null;
}
export function decodeKey(key) {
  const at = key.indexOf("@"), slash = key.indexOf("/", at);
  if (at < 0 || slash < 0) return null;
  const digits = key.slice(at + 1, slash);
  if (!/^[1-9][0-9]{0,15}$/.test(digits) || Number(digits) > MAX) return null;
  const namespace = unescapeText(key.slice(0, at));
  if (namespace === null) return null;
  const pieces = key.slice(slash + 1).split(";");
  if (pieces.pop() !== "") return null;
  const parts = pieces.map(read);
  if (parts.includes(null)) return null;
  return { namespace, version: Number(digits), parts: parts.map(([p]) => p) };
}
