export type Part = string | number | boolean | null;

export function encodeKey(namespace: string, version: number, parts: Part[]): string {
  throw new Error('not written yet');
}

export function decodeKey(key: string): { namespace: string; version: number; parts: Part[] } | null {
  throw new Error('not written yet');
}

export function keyPrefix(namespace: string, version: number): string {
  throw new Error('not written yet');
}
