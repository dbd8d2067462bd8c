export async function collect<T>(tasks: (() => Promise<T>)[]): Promise<T[]> {
  throw new Error('not written yet');
}
